#!/bin/bash
# The build image, the lifecycle and the runtimes, as files.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
umask 022
csb-registry pull --layout /image/layout --tag base "$BUILD_IMAGE"
csb-registry pull --layers /image/lifecycle "$LIFECYCLE"
# RUNTIMES holds a line for each: the buildpack that it belongs to, and its image.
while read -r folder image; do
  [ -n "$folder" ] || continue
  mkdir --parents "/image/runtimes/${folder%/*}"
  csb-registry pull --layers "/image/runtimes/$folder" "$image"
done <<<"$RUNTIMES"
