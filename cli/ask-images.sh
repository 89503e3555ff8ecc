#!/bin/bash
# Says of each image of IMAGES, a line "name, immutable reference or -, public reference", what the registry has: a line of JSON each.
set -euo pipefail
error=$(mktemp)

# attested REFERENCE: the report in short, or null where none is attested.
attested() {
  if csb-registry report --environment "$ENVIRONMENT" "$1" 2>"$error" >/tmp/report; then
    jq --compact-output '{ contract, family, passed, failed, notApplicable, byCanary: (.byCanary // 0), seconds }' /tmp/report
  elif grep --quiet 'has no attestation' "$error"; then
    echo null
  else
    cat "$error" >&2
    return 1
  fi
}

# size_of REPOSITORY DIGEST: the bytes of its layers, as they are compressed, each once; null where the registry takes another way of logging in.
size_of() {
  local host=${1%%/*} scheme=https options=()
  [ "${REGISTRY_PLAIN_HTTP:-}" != "$host" ] || scheme=http
  [ -z "${REGISTRY_CA_FILE:-}" ] || options+=(--cacert "$REGISTRY_CA_FILE")
  [ -z "${REGISTRY_AUTH_FILE:-}" ] ||
    jq --raw-output --arg host "$host" '"header = \"Authorization: Basic \(.auths[$host].auth)\""' "$REGISTRY_AUTH_FILE" >/tmp/login
  [ ! -e /tmp/login ] || options+=(--config /tmp/login)
  curl --silent --fail --max-time 30 "${options[@]}" \
    --header 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' \
    "$scheme://$host/v2/${1#*/}/manifests/$2" | jq '[.layers[] | { (.digest): .size }] | add | add' || echo null
}

while read -r name declared public; do
  now=$(csb-registry digest "$public")
  made='' report=null size=null
  [ "$declared" = - ] || made=$(csb-registry digest "$declared")
  if [ -n "$made" ]; then
    report=$(attested "$declared")
    repository=${declared%@*}
    size=$(size_of "${repository%:c-*}" "$made")
  fi
  jq --null-input --compact-output --arg name "$name" --arg made "$made" --arg now "$now" --argjson report "$report" --argjson size "$size" \
    '{ name: $name, declared: $made, public: $now, report: $report, size: $size }'
done <<<"$IMAGES"
