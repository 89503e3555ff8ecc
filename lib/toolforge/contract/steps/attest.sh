#!/bin/bash
# Puts the report beside the image that passed. One that failed gets none, so whoever asks for the attestation knows.
set -euo pipefail
if [ -e /work/found ]; then
  summary='passed before'
  printf %s "$(< /work/found)" > "$ATTESTATION_RESULT"
else
  failed=$(jq .failed /work/report.json)
  if [ "$failed" != 0 ]; then
    jq -r -f /contract/failures.jq /work/report.json >&2
    echo "$(< /work/image) does not keep the contract: $failed of $(jq '.items | length' /work/report.json) items failed" >&2
    exit 1
  fi
  items=$(jq length "$FAMILY_FILES/items.json")
  canary=()
  [ ! -e /work/canary ] || canary=(--canary "$(< /work/canary)")
  attestation=$(csb-registry attest --environment "$ENVIRONMENT" --contract "$CONTRACT_VERSION" --family "$FAMILY" \
    --report /work/report.json --items "$items" "${canary[@]}" "$(< /work/image)")
  printf %s "$attestation" > "$ATTESTATION_RESULT"
  summary=$(jq -r '"\(.passed) passed, \(if .byCanary > 0 then "\(.byCanary) by the canary, " else "" end)\(.notApplicable) not applicable, \(.seconds) seconds"' /work/report.json)
fi
printf %s "$summary" > "$SUMMARY_RESULT"
echo "$summary"
