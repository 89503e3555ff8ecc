#!/bin/bash
# Prints the report that is attested for an image.
set -euo pipefail
digest=$(skopeo inspect --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$IMAGE")
skopeo copy --quiet --src-tls-verify="$REGISTRY_TLS" "docker://${IMAGE%:*}:${digest/:/-}.contract" dir:/tmp/attestation >&2
layer=$(jq --raw-output '.layers[-1].digest | sub("sha256:"; "")' /tmp/attestation/manifest.json)
tar --extract --gzip --to-stdout --file="/tmp/attestation/$layer" report.json
