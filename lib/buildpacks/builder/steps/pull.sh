#!/bin/bash
# The build image but for its layers, which the registry has; lifecycle and runtimes as files.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
umask 022
csb-registry pull --bare --layout /image/layout --tag base "$BUILD_IMAGE"
csb-registry pull --layers /image/lifecycle "$LIFECYCLE"
# RUNTIMES holds a line for each: the buildpack that it belongs to, and its image.
while read -r folder image; do
  [ -n "$folder" ] || continue
  mkdir --parents "/image/runtimes/${folder%/*}"
  csb-registry pull --layers "/image/runtimes/$folder" "$image"
done <<<"$RUNTIMES"
