#!/bin/bash
# CPython from Debian's patched source, configured as Debian configures it but for its place, with pip, virtualenv and the wheels that
# seed virtual environments from Debian's packages. What Debian has in python3-gdbm, python3-tk, idle and libpython3-testsuite is left
# out here as well.
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8
jobs=$(nproc)
started=$SECONDS
say() { printf -- '--- %s (%d s)\n' "$1" "$((SECONDS - started))"; }

say 'unpacking'
cd /work
dpkg-source -q --no-check --extract sources/*.dsc tree
# The interpreter says when it was made; the same source says the same.
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog --file tree/debian/changelog --show-field Timestamp)
export SOURCE_DATE_EPOCH
source_version=$(sed -n 's/^#define PY_VERSION *"\(.*\)"$/\1/p' tree/Include/patchlevel.h)
minor=${VERSION%.*}
[ "$source_version" = "$VERSION" ] || { echo "the source is Python $source_version, declared is $VERSION" >&2; exit 1; }

# Virtual environments are seeded from these, offline; the tests use them as well.
mkdir -p "$PREFIX"
for package in sources/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar --extract --no-same-owner --directory="$PREFIX" --strip-components=2 \
    --exclude='*/share/doc' --exclude='*/share/man' --exclude='*/share/lintian' --wildcards './usr/*'
done

# Of Debian 11; later ones are told by an option.
sed -i "s|/usr/share/python-wheels|$PREFIX/share/python-wheels|" tree/Lib/ensurepip/__init__.py

# _NODIST: for the interpreter and its standard library, not for the extensions that others build with it.
say 'configuring'
mkdir --parents tree/build/Modules
cd tree/build
# Inside, as in Debian: a security fix of theirs uses what only modules inside the interpreter may. Some are there already.
for module in pyexpat _elementtree; do
  grep --quiet "^$module " ../Modules/Setup || echo "$module $module.c -lexpat"
done >Modules/Setup.local
# Python 3.9 knows neither --without-static-libpython nor --with-wheel-pkg-dir, which it says.
OPT='-DNDEBUG -fwrapv -O3 -Wall' \
  CFLAGS_NODIST='-fno-semantic-interposition -fstack-protector-strong -D_FORTIFY_SOURCE=2' \
  LDFLAGS_NODIST="-Wl,-rpath,$PREFIX/lib -Wl,-Bsymbolic-functions -Wl,-z,relro -Wl,-z,now" \
  ../configure --quiet --prefix="$PREFIX" --enable-shared --without-static-libpython --enable-loadable-sqlite-extensions \
  --with-dbmliborder=bdb --with-computed-gotos --with-system-expat --with-ssl-default-suites=openssl \
  --without-ensurepip --with-wheel-pkg-dir="$PREFIX/share/python-wheels"
say 'compiling'
make --silent -j"$jobs" >/work/compile.log 2>&1 || { tail -40 /work/compile.log >&2; exit 1; }

say 'testing'
sqlite=$([ -e ../Lib/test/test_sqlite.py ] && echo test_sqlite || echo test_sqlite3)
LD_LIBRARY_PATH=$PWD ./python -m test -j"$jobs" --timeout 300 test_bz2 test_ctypes test_dbm_ndbm test_hashlib \
  test_lzma test_readline "$sqlite" test_ssl test_sysconfig test_unicodedata test_uuid test_venv test_zlib test_pyexpat test_zoneinfo ||
  { echo 'the tests of the standard library fail' >&2; exit 1; }

say 'installing'
make --silent install COMPILEALL_OPTS='-q -x .' >/work/install.log 2>&1 || { tail -40 /work/install.log >&2; exit 1; }
cd /work
chmod --recursive u+w "$PREFIX"
find "$PREFIX" -type f \( -name '*.so' -o -name '*.so.*' -o -name "python$minor" \) -exec strip --strip-unneeded {} +
library=$PREFIX/lib/python$minor
find "$PREFIX" -name __pycache__ -prune -exec rm -r {} +
find "$library/test" -mindepth 1 -maxdepth 1 ! -name __init__.py ! -name support -exec rm -r {} +
# Python 3.12 has no distutils and all tests in test/, 3.13 no lib2to3.
for left_out in idlelib turtledemo tkinter ensurepip/_bundled distutils/tests lib2to3/tests unittest/test ctypes/test; do
  [ ! -e "$library/$left_out" ] || rm -r "${library:?}/$left_out"
done
rm -r "$PREFIX"/bin/idle3* "$PREFIX/share/man"
rm -f "$library"/config-*/libpython*.a

# As Debian does for its own since 3.11: installations go into virtual environments.
[ "$minor" = 3.9 ] || cat >"$library/EXTERNALLY-MANAGED" <<'TEXT'
[externally-managed]
Error=This Python is part of a platform image and cannot be added to.
 Make a virtual environment with
     python3 -m venv path/to/venv
 and use path/to/venv/bin/python and path/to/venv/bin/pip.
TEXT

# Packages made for /usr, at this place.
packages=$PREFIX/lib/python3/dist-packages
# Debian 11 has them as packages, and wheels of what they need beside theirs.
[ -d "$packages/pip" ] || for wheel in "$PREFIX"/share/python-wheels/*.whl; do
  "$PREFIX/bin/python3" -I -m zipfile --extract "$wheel" "$packages"
done
embedded=$packages/virtualenv/seed/wheels/embed/__init__.py
sed -i "s|/usr/share/python-wheels|$PREFIX/share/python-wheels|" "$embedded"
grep --quiet --fixed-strings "Path('$PREFIX/share/python-wheels')" "$embedded"
# By /usr/bin, as Debian's: what they make on NFS then names the path that every image of this Python has.
sed -i '1s|^#! */usr/bin/python3$|#!/usr/bin/python3|' "$PREFIX/bin/virtualenv"
printf '#!/usr/bin/python3\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n' >"$PREFIX/bin/pip3"
chmod 755 "$PREFIX"/bin/{pip3,virtualenv}
ln -sf pip3 "$PREFIX/bin/pip"
ln -sf pip3 "$PREFIX/bin/pip$minor"

say 'compiling bytecode'
"$PREFIX/bin/python3" -I -m compileall -q -f --invalidation-mode unchecked-hash "$PREFIX/lib" -x 'lib2to3/tests|bad_coding|badsyntax'
touch /work/compiled

say 'trying it'
# What Debian's python3 can import without further packages.
"$PREFIX/bin/python3" -I -c '
import _bz2, _ctypes, _curses, _curses_panel, _dbm, _hashlib, _lzma, _posixshmem, _sqlite3, _ssl, _uuid, _zoneinfo, zlib
import pyexpat, readline, resource, sqlite3, sys, sysconfig, syslog, termios
if sys.version_info < (3, 12): import distutils.core
if sys.version_info < (3, 13): import _crypt, lib2to3.pygram, nis, spwd
# Last: setuptools puts its own distutils in the place of one that nobody has imported yet, and refuses afterwards.
import pip, setuptools, virtualenv, wheel
assert sysconfig.get_config_var("SOABI") == "cpython-" + sysconfig.get_config_var("py_version_nodot") + "-x86_64-linux-gnu"
assert hasattr(sqlite3.Connection, "enable_load_extension")' 2>/work/try.log ||
  { cat /work/try.log >&2; exit 1; }
for make in '-I -m venv' "$PREFIX/bin/virtualenv"; do
  # shellcheck disable=SC2086 # options and arguments
  PYTHONDONTWRITEBYTECODE=1 "$PREFIX/bin/python3" $make /work/venv >/work/try.log 2>&1 || { cat /work/try.log >&2; exit 1; }
  /work/venv/bin/pip --version
  rm -r /work/venv
done
# Trying it must not have left bytecode that is checked by time.
find "$PREFIX" -newer /work/compiled -name '*.pyc' -delete
say 'done'
