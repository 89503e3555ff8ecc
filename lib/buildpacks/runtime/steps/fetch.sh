#!/bin/bash
# Brings everything that the build needs onto scratch space, so that the build itself needs no network.
set -euo pipefail
umask 022
mkdir /work/sources

# FILES holds a line for each file: its sha256 and its URL.
while read -r sum url; do
  file=/work/sources/${url##*/}
  curl --silent --show-error --fail --location --retry 5 --retry-connrefused --max-time 600 --output "$file" "$url" ||
    { echo "$url cannot be had; when the mirror has dropped it for a newer one, pin that one in stacks/" >&2; exit 1; }
  got=$(sha256sum <"$file")
  [ "${got%% *}" = "$sum" ] || { echo "$url: expected sha256 $sum, got ${got%% *}" >&2; exit 1; }
  echo "fetched ${url##*/} ($(stat --format=%s "$file") bytes)"
done <<<"$FILES"

# AGAINST is the runtime that this one is built against, at the place where it will be.
[ -n "$AGAINST" ] || exit 0
mkdir /work/other
tar --extract --gzip --no-same-owner --file=/image/against/1.tar.gz --directory=/work/other
prefix=$(jq --raw-output .prefix /work/other/runtime/runtime.json)
name=$(jq --raw-output .name /work/other/runtime/runtime.json)
mkdir -p "$prefix"
tar --extract --no-same-owner --file="/work/other/runtime/$name.tar" --directory="$prefix"
rm -r /work/other
echo "unpacked $AGAINST to $prefix"
