#!/bin/bash
# updated-layer.sh URL WORK NAME: the layer at URL with one more file, as WORK/layer.tar.gz. The file's name and content are NAME.
#
# What an update makes of a layer, as far as a node sees: another digest, and nearly the same bytes to fetch and to unpack.
# Says the SHA-256 of the archive, and of the packed one, each on a line.
set -euo pipefail

[ $# = 3 ] || { echo 'usage: updated-layer.sh URL WORK NAME' >&2; exit 1; }
work=$2
curl --silent --show-error --fail "$1" | gunzip > "$work/layer.tar"
echo "$3" > "$work/$3"
tar --append --file="$work/layer.tar" --owner=0 --group=0 --directory="$work" "$3"
sha256sum < "$work/layer.tar" | cut --delimiter=' ' --fields=1
gzip -6 --no-name < "$work/layer.tar" > "$work/layer.tar.gz"
rm "$work/layer.tar" "${work:?}/$3"
sha256sum < "$work/layer.tar.gz" | cut --delimiter=' ' --fields=1
