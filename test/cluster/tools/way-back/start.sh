#!/bin/sh
# Starts each environment of ~/way-back/environments by itself in a plain Debian, as the tool. A customize hook of mmdebstrap, which gives
# it the root filesystem; $archive, $home, $uid and $results say the rest.
set -eu
root=$1
: "${archive:?}" "${home:?}" "${uid:?}" "${results:?}"
[ ! -e "$root/layers" ]
mkdir -p "$root$home"
tar --extract --file="$archive" --directory="$root$home"
for environment in "$root$home"/way-back/environments/*; do
  name=${environment##*/}
  printf '%s ' "$name"
  chroot --userspec="$uid:$uid" "$root" /usr/bin/env -i "$home/way-back/environments/$name/bin/python" -c '
import ctypes, importlib.util, sqlite3, ssl, sys
print(sys.base_prefix, __import__("fnv1a").fnv1a(b"foobar") if importlib.util.find_spec("fnv1a") else "-")' 2>&1 | tail -n 1
done >"$results"
