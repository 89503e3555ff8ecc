#!/bin/bash
# The root filesystem as an OCI image of one layer.
set -euo pipefail
[ ! -e /work/found ] || exit 0
created=1980-01-01T00:00:01Z
umoci init --layout /work/image
umoci new --image /work/image:base
umoci raw add-layer --image /work/image:base --history.created="$created" --history.created_by="mmdebstrap $SUITE" /work/root.tar
umoci config --image /work/image:base --no-history --created="$created" --os=linux --architecture=amd64 \
  --config.env=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --config.cmd=/bin/bash \
  --config.label="io.buildpacks.base.metadata=$(jq --compact-output --raw-input --slurp '{substituted: (split("\n") | map(select(. != "")))}' /work/substituted)"
