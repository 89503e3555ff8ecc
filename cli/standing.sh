#!/bin/bash
# Says of each line of IMAGES, an image and a run image, which digest the image has, and whether that stands on the run image: a line of JSON each.
set -euo pipefail
images=$(mktemp)
printf '%s\n' "$IMAGES" >"$images"
csb-registry standing "$images"
