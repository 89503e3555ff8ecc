#!/bin/bash
# Says of each image of IMAGES, a line "name, repository", how its public tags have moved: a line of JSON each.
set -euo pipefail
while read -r name repository; do
  csb-registry history "$repository" | jq --slurp --compact-output --arg name "$name" '{ name: $name, moves: . }'
done <<<"$IMAGES"
