#!/bin/bash
# The root filesystem as an OCI image of one layer.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/guard.sh
. guard.sh
plain /work/root.tar /work/substituted
created=1980-01-01T00:00:01Z
umoci init --layout /image/layout
umoci new --image /image/layout:base
umoci raw add-layer --image /image/layout:base --history.created="$created" --history.created_by="mmdebstrap $SUITE" /work/root.tar
umoci config --image /image/layout:base --no-history --created="$created" --os=linux --architecture=amd64 \
  --config.env=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --config.cmd=/bin/bash \
  --config.label="io.buildpacks.base.metadata=$(jq --compact-output --raw-input --slurp '{substituted: (split("\n") | map(select(. != "")))}' /work/substituted)"
