#!/bin/bash
# A pinned archive as it is: what is in its one top folder becomes the prefix.
set -euo pipefail
umask 022
archives=(/work/sources/*)
[ ${#archives[@]} = 1 ] || { echo "expected one archive, got ${#archives[@]}: ${archives[*]}" >&2; exit 1; }
mkdir -p "$PREFIX"
tar --extract --no-same-owner --file="${archives[0]}" --directory="$PREFIX" --strip-components=1
count=$(find "$PREFIX" -type f | wc --lines)
[ "$count" -gt 0 ] || { echo "${archives[0]##*/} has no top folder with files in it" >&2; exit 1; }
echo "unpacked $count files of ${archives[0]##*/}, $NAME $VERSION"
