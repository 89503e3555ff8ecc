#!/bin/bash
# The layer on the image that it stands on, with the settings of its own.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/guard.sh
. guard.sh
plain /work/layer.tar /work/substituted
created=1980-01-01T00:00:01Z
# To a file first: what jq cannot read ends the step.
jq --join-output '
  (.environment | to_entries[] | "--config.env=\(.key)=\(.value)\u0000"),
  (.labels | to_entries[] | "--config.label=\(.key)=\(.value)\u0000"),
  "--config.user=\(.user)\u0000"' <<<"$SETTINGS" >/tmp/options
mapfile -d '' -t options </tmp/options
umoci raw add-layer --image /image/layout:base --history.created="$created" --history.created_by="$NAME" /work/layer.tar
# What is not as locked, here and below. The lifecycle carries this label over when it rebases (CNB platform, "Rebaser").
below=$(csb-registry config --layout /image/layout --tag base | jq --compact-output '.config.Labels["io.buildpacks.base.metadata"] // "{}" | fromjson | .substituted // []')
metadata=$(jq --compact-output --raw-input --slurp --argjson below "$below" \
  '{substituted: ($below + (split("\n") | map(select(. != ""))))}' /work/substituted)
# Nothing else of the configuration of what it stands on: images get it when they are built, and a rebase would leave it in them.
umoci config --image /image/layout:base --no-history --clear=config.env --clear=config.labels --clear=config.entrypoint \
  --clear=config.exposedports --clear=config.volume --config.workingdir= --config.stopsignal=
umoci config --image /image/layout:base --no-history --created="$created" "${options[@]}" --config.label="io.buildpacks.base.metadata=$metadata"
