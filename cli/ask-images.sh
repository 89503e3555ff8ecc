#!/bin/bash
# Says of each image of IMAGES, a line "name, immutable reference or -, public reference", what the registry has: a line of JSON each.
set -euo pipefail
error=$(mktemp)

# attested REFERENCE: the report in short, or null where none is attested.
attested() {
  if csb-registry report --environment "$ENVIRONMENT" "$1" 2>"$error" >/tmp/report; then
    jq --compact-output '{ contract, family, passed, failed, notApplicable, seconds }' /tmp/report
  elif grep --quiet 'has no attestation' "$error"; then
    echo null
  else
    cat "$error" >&2
    return 1
  fi
}

while read -r name declared public; do
  now=$(csb-registry digest "$public")
  made='' report=null
  [ "$declared" = - ] || made=$(csb-registry digest "$declared")
  [ -z "$made" ] || report=$(attested "$declared")
  jq --null-input --compact-output --arg name "$name" --arg made "$made" --arg now "$now" --argjson report "$report" \
    '{ name: $name, declared: $made, public: $now, report: $report }'
done <<<"$IMAGES"
