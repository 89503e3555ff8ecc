#!/bin/bash
# Moves the public tags of images back to digests, under the leases and by the rules of promotions. IMAGES has a line of each: name, public reference,
# digest, and the tags with commas between them; of a tool's own image also what its tag was when that was decided. Says on a line of JSON which tags
# moved, or why none did.
set -euo pipefail
error=$(mktemp)

# pinned IMAGE DIGEST TAG...: as a promotion of a pin does it, from whatever the tags are now.
pinned() {
  local before
  before=$(csb-registry before "${1%:*}" "${@:3}") &&
    csb-registry promote --environment "$ENVIRONMENT" --contract any --family any --pin "$2" --tags "${*:3}" --before "$before" \
      --lease-namespace "$NAMESPACE" --api /api "$1"
}

# own IMAGE DIGEST TAG BEFORE: as a publication does it, unless the tag has moved since. What was public has a tag that stays.
own() {
  csb-registry publish --tags "$3" --before "$4" --lease-namespace "$NAMESPACE" --api /api "${1%:*}:was-$3-${2:7:12}"
}

while read -r name image digest tags before; do
  read -r -a words <<<"${tags//,/ }"
  if [ -z "$before" ]; then move=(pinned "$image" "$digest" "${words[@]}"); else move=(own "$image" "$digest" "$tags" "$before"); fi
  if moved=$("${move[@]}" 2>"$error"); then
    jq --null-input --compact-output --arg name "$name" --arg moved "$moved" '{ name: $name, moved: $moved }'
  else
    jq --null-input --compact-output --arg name "$name" --rawfile why "$error" '{ name: $name, why: $why }'
  fi
done <<<"$IMAGES"
