#!/bin/bash
# Exactly this minor version, by both names that existing environments and shebangs use, with its modules.
set -euo pipefail
for program in /usr/bin/python3 "/usr/bin/python$CONTRACT_LANGUAGE_VERSION"; do
  has "$program -V" "Python $CONTRACT_LANGUAGE_VERSION." "$("$program" -V 2>&1 || true)"
done
abi=cpython-${CONTRACT_LANGUAGE_VERSION/./}-x86_64-linux-gnu
same 'sysconfig SOABI, EXT_SUFFIX, LDLIBRARY' "$abi .$abi.so libpython$CONTRACT_LANGUAGE_VERSION.so" \
  "$(/usr/bin/python3 -c 'import sysconfig; print(*sysconfig.get_config_vars("SOABI", "EXT_SUFFIX", "LDLIBRARY"))' 2>&1 | tail -n 1)"
# Debian's own place for scripts came after 3.9.
scripts=/usr/local/bin
[ "$CONTRACT_LANGUAGE_VERSION" != 3.9 ] || scripts=/usr/bin
same 'sys.prefix, and where the standard library, headers and scripts are' \
  "/usr /usr/lib/python$CONTRACT_LANGUAGE_VERSION /usr/include/python$CONTRACT_LANGUAGE_VERSION $scripts" \
  "$(/usr/bin/python3 -c 'import sys, sysconfig; print(sys.prefix, *map(sysconfig.get_path, ("stdlib", "include", "scripts")))' 2>&1 | tail -n 1)"
same 'packages of the system on sys.path' /usr/lib/python3/dist-packages \
  "$(/usr/bin/python3 -I -c 'import sys; print(*[path for path in sys.path if path.startswith("/usr/lib/python3/")])' 2>&1 | tail -n 1)"
missing=()
for module in bz2 ctypes curses hashlib lzma readline sqlite3 ssl uuid zlib; do
  [ "$(/usr/bin/python3 -c "import $module; print('there')" 2>&1 | tail -n 1)" = there ] || missing+=("$module")
done
same 'modules that cannot be imported' '' "${missing[*]}"
# Debian 11's Python has them in a folder, of which it counts none before it needs one.
roots='ssl.create_default_context().cert_store_stats()["x509_ca"]'
[ "$CONTRACT_LANGUAGE_VERSION" != 3.9 ] || roots='len(os.listdir(ssl.get_default_verify_paths().capath or "/nowhere"))'
atLeast 'TLS roots of Python' 100 "$(/usr/bin/python3 -c "import os, ssl; print($roots)" 2>&1 | tail -n 1)"
