#!/bin/bash
# The tree as an image: layers of packages, of which those that the registry has are not packed, and one of all else on top.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/guard.sh
. guard.sh
plain /work/root.tar /work/substituted
created=1980-01-01T00:00:01Z
csb-registry split --tree /work/root.tar --plan /image/plan.json --known /image/known.json --layout /image/layout --tag base \
  --result /image/report.json >/dev/null
jq --raw-output '
  def megabytes: . / 1e5 | round / 10;
  "\(.layers | length) layers, \([.layers[].size] | add | megabytes) MB; packed: \([.layers[] | select(.known | not)] | length) of \([.layers[] | select(.known | not).size] | add // 0 | megabytes) MB",
  (.unplanned | if . == [] then empty else "in no layer of packages: \(join(", "))" end),
  (.modified | if . == [] then empty else "not as their packages have them: \(map(.path) | join(", "))" end)' /image/report.json
# To a file first: what jq cannot read ends the step.
jq --join-output '
  (.environment | to_entries[] | "--config.env=\(.key)=\(.value)\u0000"),
  (.labels | to_entries[] | "--config.label=\(.key)=\(.value)\u0000"),
  "--config.user=\(.user)\u0000"' <<<"$SETTINGS" >/tmp/options
mapfile -d '' -t options </tmp/options
# What is not as locked, here and below. The lifecycle carries this label over when it rebases (CNB platform, "Rebaser").
below=$(jq --compact-output '.config.Labels["io.buildpacks.base.metadata"] // "{}" | fromjson | .substituted // []' /image/parent.json)
metadata=$(jq --compact-output --raw-input --slurp --argjson below "$below" \
  '{substituted: ($below + (split("\n") | map(select(. != ""))))}' /work/substituted)
# Nothing of the configuration of what it was made in: images get it when they are built, and a rebase would leave it in them.
umoci config --image /image/layout:base --no-history --created="$created" "${options[@]}" --config.label="io.buildpacks.base.metadata=$metadata"
