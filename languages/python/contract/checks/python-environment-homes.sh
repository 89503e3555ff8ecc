#!/bin/bash
# Whatever makes an environment, and from wherever: it leads to /usr/bin, where every image of this Python has the interpreter, and names nothing
# of where this image keeps it. So it still starts when the tool runs on the legacy image.
set -euo pipefail
homes=$HOME/homes
rm -rf "$homes"
mkdir "$homes"
python=/usr/bin/python$CONTRACT_LANGUAGE_VERSION

# What makes an environment, as pyvenv.cfg names it. Python 3.9 names the environment that it was made from, and virtualenv of its days the prefix.
home_of() {
  case $CONTRACT_LANGUAGE_VERSION:$1 in
    3.9:*virtualenv*) echo /usr ;;
    3.9:*' in a venv of a venv') echo "$homes/second/bin" ;;
    3.9:*' in a venv of the legacy image') echo "$homes/legacy/bin" ;;
    3.9:*' in a venv' | 3.9:*' in an activated venv') echo "$homes/first/bin" ;;
    3.9:*"by the venv's own") echo "$homes/third/bin" ;;
    *) echo /usr/bin ;;
  esac
}

# made HOW NAME COMMAND...: the command makes the environment NAME, or makes it anew.
made() {
  local how=$1 venv=$homes/$2 status=0 said
  shift 2
  said=$("$@" 2>&1) || status=$?
  same "$how" 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $said" | tail -n 1)"
  [ "$status" = 0 ] || return 0
  same "home in pyvenv.cfg of: $how" "$(home_of "$how")" "$(sed -n 's/^home = //p' "$venv/pyvenv.cfg")"
  same "lines of pyvenv.cfg that name a layer, of: $how" '' "$(grep /layers/ "$venv/pyvenv.cfg" || true)"
  same "bin/python of: $how" "$python" "$(readlink -f "$venv/bin/python")"
  same "sys.base_prefix in: $how" /usr "$(env -i "$venv/bin/python" -c 'import sys; print(sys.base_prefix)' 2>&1 | tail -n 1)"
}

# As the legacy image made it: nothing but `home` says where Python is.
mkdir -p "$homes/legacy/bin"
ln -s /usr/bin/python3 "$homes/legacy/bin/python3"
ln -s python3 "$homes/legacy/bin/python"
echo 'home = /usr/bin' > "$homes/legacy/pyvenv.cfg"

made 'python3 -m venv' first /usr/bin/python3 -m venv --without-pip --system-site-packages "$homes/first"
made 'python3 -m venv in a venv' second "$homes/first/bin/python3" -m venv --without-pip "$homes/second"
made 'python3 -m venv in a venv of a venv' third "$homes/second/bin/python3" -m venv --without-pip "$homes/third"
made 'python3 -m venv in a venv of the legacy image' fourth "$homes/legacy/bin/python3" -m venv --without-pip "$homes/fourth"
# shellcheck disable=SC2016 # the inner shell's
made 'python -m venv in an activated venv' fifth \
  /bin/bash -c '. "$0/first/bin/activate" && python -m venv --without-pip "$0/fifth"' "$homes"
made 'python3 -m venv --upgrade' first /usr/bin/python3 -m venv --upgrade --without-pip --system-site-packages "$homes/first"
made "python3 -m venv --upgrade by the venv's own" third "$homes/third/bin/python3" -m venv --upgrade --without-pip "$homes/third"
made virtualenv sixth virtualenv --no-seed "$homes/sixth"
# virtualenv in the first one, which sees the packages of the system.
made 'virtualenv in a venv' seventh "$homes/first/bin/python3" -m virtualenv --no-seed "$homes/seventh"
made 'virtualenv in an environment of virtualenv' eighth virtualenv --python="$homes/sixth/bin/python" --no-seed "$homes/eighth"

same 'sys.executable of /usr/bin/python3, and what it really is' "/usr/bin/python3 $python" \
  "$(env -i /usr/bin/python3 -c 'import os, sys; print(sys.executable, os.path.realpath(sys.executable))' 2>&1 | tail -n 1)"
rm -rf "$homes"
