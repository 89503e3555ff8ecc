#!/bin/bash
# Moves the public tags of images to digests that they are pinned to, under the leases and by the rules of promotions. IMAGES has a line of each:
# name, public reference, digest, and the tags with commas between them. Says on a line of JSON which tags moved, or why none did.
set -euo pipefail
error=$(mktemp)
while read -r name image digest tags; do
  read -r -a words <<<"${tags//,/ }"
  if before=$(csb-registry before "${image%:*}" "${words[@]}" 2>"$error") &&
    moved=$(csb-registry promote --environment "$ENVIRONMENT" --contract any --family any --pin "$digest" --tags "${words[*]}" \
      --before "$before" --lease-namespace "$NAMESPACE" --api /api "$image" 2>"$error"); then
    jq --null-input --compact-output --arg name "$name" --arg moved "$moved" '{ name: $name, moved: $moved }'
  else
    jq --null-input --compact-output --arg name "$name" --rawfile why "$error" '{ name: $name, why: $why }'
  fi
done <<<"$IMAGES"
