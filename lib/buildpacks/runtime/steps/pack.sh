#!/bin/bash
# The built prefix as runtime/<name>.tar and runtime/runtime.json (the contract of buildpacks/README.md), in an image of one layer.
set -euo pipefail
[ ! -e /work/found ] || exit 0
umask 022
created=1980-01-01T00:00:01Z
# Every UID may read and start it, none may change it.
chmod --recursive u=rwX,go=rX "$PREFIX"

deterministic_tar() {
  tar --create --format=gnu --sort=name --mtime="$created" --owner=0 --group=0 --numeric-owner "$@"
}

mkdir -p /work/artifact/runtime
tar=/work/artifact/runtime/$NAME.tar
deterministic_tar --file="$tar" --directory="$PREFIX" .
sum=$(sha256sum <"$tar")
jq --arg sum "${sum%% *}" '. + {sha256: $sum}' <<<"$METADATA" >/work/artifact/runtime/runtime.json
deterministic_tar --file=/work/artifact.tar --directory=/work/artifact runtime

umoci init --layout /work/image
umoci new --image /work/image:base
umoci raw add-layer --image /work/image:base --history.created="$created" --history.created_by="runtime $NAME" /work/artifact.tar
umoci config --image /work/image:base --no-history --created="$created" --os=linux --architecture=amd64
cat /work/artifact/runtime/runtime.json
echo "packed $(find "$PREFIX" | wc -l) files, $(stat --format=%s "$tar") bytes"
