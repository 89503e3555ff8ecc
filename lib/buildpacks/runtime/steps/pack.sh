#!/bin/bash
# The built prefix as runtime/<name>.tar and runtime/runtime.json (the contract of buildpacks/README.md), in an image of one layer.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/guard.sh
. guard.sh
umask 022
[ "$(realpath "$PREFIX")" = "$PREFIX" ] || refuse "$PREFIX leads to $(realpath "$PREFIX"); expected is a folder, and no link on the way to it"
created=1980-01-01T00:00:01Z
# Every UID may read and start it, none may change it.
chmod --recursive u=rwX,go=rX "$PREFIX"

deterministic_tar() {
  tar --create --format=gnu --sort=name --mtime="$created" --owner=0 --group=0 --numeric-owner "$@"
}

mkdir -p /image/artifact/runtime
tar=/image/artifact/runtime/$NAME.tar
deterministic_tar --file="$tar" --directory="$PREFIX" .
sum=$(sha256sum <"$tar")
jq --arg sum "${sum%% *}" '. + {sha256: $sum}' <<<"$METADATA" >/image/artifact/runtime/runtime.json
deterministic_tar --file=/image/artifact.tar --directory=/image/artifact runtime

umoci init --layout /image/layout
umoci new --image /image/layout:base
umoci raw add-layer --image /image/layout:base --history.created="$created" --history.created_by="runtime $NAME" /image/artifact.tar
umoci config --image /image/layout:base --no-history --created="$created" --os=linux --architecture=amd64
cat /image/artifact/runtime/runtime.json
echo "packed $(find "$PREFIX" | wc -l) files, $(stat --format=%s "$tar") bytes"
