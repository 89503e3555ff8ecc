#!/bin/bash
# Says of each image of IMAGES, a line "name, repository, public tag", how its tags have moved, and what the tag names now: a line of JSON each.
set -euo pipefail
while read -r name repository tag; do
  now=$(csb-registry digest "$repository:$tag")
  # Of one whose history cannot be read, the reason has been said; the others have theirs.
  moves=$(csb-registry history "$repository") || moves=
  jq --slurp --compact-output --arg name "$name" --arg tag "$tag" --arg now "$now" \
    '{ name: $name, tag: $tag, now: $now, moves: . }' <<<"$moves"
done <<<"$IMAGES"
