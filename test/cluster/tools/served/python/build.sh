# shellcheck shell=bash
# What a maintainer has typed: a venv, and a module in C that is compiled into it.
set -e
python3 -m venv www/python/venv
# shellcheck source=/dev/null
. www/python/venv/bin/activate
modules=$(python3 -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
# shellcheck disable=SC2046 # a word for each option
gcc -shared -fPIC $(python3-config --includes) -o "$modules/fnv1a$(python3-config --extension-suffix)" src/fnv1a.c
