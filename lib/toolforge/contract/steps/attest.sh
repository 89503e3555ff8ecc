#!/bin/bash
# Puts the report beside the image that passed. One that failed gets none, so whoever asks for the attestation knows.
set -euo pipefail
attestation=$(< /work/attestation)
if [ -e /work/found ]; then
  echo "found $attestation $(< /work/found)"
  summary='passed before'
else
  failed=$(jq .failed /work/report.json)
  if [ "$failed" != 0 ]; then
    jq -r -f /contract/failures.jq /work/report.json >&2
    echo "$(< /work/image) does not keep the contract: $failed of $(jq '.items | length' /work/report.json) items failed" >&2
    exit 1
  fi
  got=$(jq '.passed + .notApplicable' /work/report.json)
  expected=$(jq length /contract/items.json)
  [ "$got" = "$expected" ] || { echo "the report says something of $got items, the contract has $expected" >&2; exit 1; }
  created=1980-01-01T00:00:01Z
  layout=/work/attestation-image
  umoci init --layout "$layout"
  umoci new --image "$layout:report"
  # `umoci insert` of 0.4 leaves the end of the archive away, which readers of archives do not forgive.
  tar --directory /work --create --file /work/report.tar --owner=0 --group=0 --numeric-owner --mode=0644 --mtime="$created" report.json
  umoci raw add-layer --image "$layout:report" --history.created="$created" /work/report.tar
  label() { printf '%s.%s=%s' "$PROJECT_LABEL" "$1" "$2"; }
  said=(
    "$(label contract "$CONTRACT_VERSION")"
    "$(label image "$(< /work/image)")"
    "$(label family "$FAMILY")"
    "$(label passed "$(jq .passed /work/report.json)")"
    "$(label failed "$failed")"
    "$(label not-applicable "$(jq .notApplicable /work/report.json)")"
  )
  umoci config --image "$layout:report" --no-history --created="$created" --os=linux --architecture=amd64 \
    "${said[@]/#/--config.label=}" "${said[@]/#/--manifest.annotation=}"
  skopeo copy --quiet --retry-times 5 --dest-tls-verify="$REGISTRY_TLS" --digestfile /work/found "oci:$layout:report" "docker://$attestation"
  summary=$(jq -r '"\(.passed) passed, \(.notApplicable) not applicable, \(.seconds) seconds"' /work/report.json)
  echo "pushed $attestation $(< /work/found)"
fi
tr -d '\n' < /work/found > "$ATTESTATION_RESULT"
printf %s "$summary" > "$SUMMARY_RESULT"
echo "$summary"
