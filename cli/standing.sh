#!/bin/bash
# Says of each line of IMAGES, an image and a run image, which digest the image has, and whether that stands on the run image: a line of JSON each.
set -euo pipefail
file=$(mktemp)
printf '%s\n' "$IMAGES" >"$file"
csb-registry standing "$file"
