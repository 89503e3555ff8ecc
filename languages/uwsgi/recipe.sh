#!/bin/bash
# uWSGI for the Python that lies at its place: the server, with every plugin that needs no further library inside, and the Python plugin
# apart, under the names that Debian gives it. It has PCRE, because routes need it, and no XML, no JSON: --json and --xml are left out.
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
PYTHON_BIN=$AGAINST_PREFIX/bin
plugins=$PREFIX/lib/uwsgi/plugins
minor=$("$PYTHON_BIN/python3" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')

cd /work
mkdir tree
tar --extract --no-same-owner --file="$(echo sources/*.orig.tar.*)" --directory=tree --strip-components=1
cd tree
# uWSGI says when it was made; the same source says the same.
SOURCE_DATE_EPOCH=$(stat --format=%Y uwsgiconfig.py)
export SOURCE_DATE_EPOCH
base=$(sed -n 's/^embedded_plugins = %(main_plugin)s, //p' buildconf/base.ini)
[ -n "$base" ]
cat >buildconf/toolforge.ini <<INI
[uwsgi]
inherit = base
main_plugin =
xml = false
json = false
pcre = true
ssl = true
plugin_dir = $plugins
embedded_plugins = $base, cgi, cheaper_backlog2, clock_monotonic, clock_realtime, echo, forkptyrouter, logpipe, notfound, pty, ssi, stats_pusher_file, stats_pusher_statsd, transformation_toupper, zabbix
INI
mkdir -p "$PREFIX/bin" "$plugins"
export CPUCOUNT
CPUCOUNT=$(nproc)
build() {
  "$PYTHON_BIN/python3" uwsgiconfig.py "$@" >>/work/compile.log 2>&1 || { tail -40 /work/compile.log >&2; exit 1; }
}
build --build toolforge
UWSGI_BIN=$PWD/uwsgi build --plugin plugins/python toolforge python3
install --mode=0755 uwsgi "$PREFIX/bin/uwsgi"
strip --strip-unneeded "$PREFIX/bin/uwsgi" "$plugins/python3_plugin.so"
# The names that Debian's packages have.
ln -s python3_plugin.so "$plugins/python${minor/./}_plugin.so"
ln -s uwsgi "$PREFIX/bin/uwsgi-core"
ln -s uwsgi "$PREFIX/bin/uwsgi_python3"
ln -s uwsgi "$PREFIX/bin/uwsgi_python${minor/./}"

# A request, as the runner starts it, with a route.
mkdir /work/app
printf 'def app(environ, start):\n    start("200 OK", [])\n    import sys\n    return [sys.version.encode()]\n' >/work/app/app.py
printf '[uwsgi]\nroute = ^/other addheader:X-Route: seen\nlog-maxsize = 1000\n' >/work/app/uwsgi.ini
"$PREFIX/bin/uwsgi" --plugin python3 --http-socket 127.0.0.1:8000 --chdir /work/app --callable app --manage-script-name --workers 2 \
  --wsgi-file app.py --die-on-term --strict --master --ini /work/app/uwsgi.ini >/work/try.log 2>&1 &
server=$!
answer=$(curl --silent --show-error --fail --retry 20 --retry-connrefused --retry-delay 1 http://127.0.0.1:8000/) ||
  { cat /work/try.log >&2; kill "$server"; exit 1; }
kill "$server"
wait "$server" || true
got=$("$PREFIX/bin/uwsgi" --version)
[ "$got" = "$VERSION" ] || { echo "the source is uWSGI $got, declared is $VERSION" >&2; exit 1; }
case $answer in
  "$minor".*) echo "uWSGI $got answers with Python $answer" ;;
  *) echo "expected an answer by Python $minor, got $answer" >&2; exit 1 ;;
esac
