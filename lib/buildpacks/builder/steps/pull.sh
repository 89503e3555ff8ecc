#!/bin/bash
# The build image, the lifecycle and the runtimes, as files.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
umask 022
from() { skopeo copy --quiet --retry-times 5 --src-tls-verify="$REGISTRY_TLS" "docker://$1" "$2"; }
from "$BUILD_IMAGE" oci:/image/layout:base
from "$LIFECYCLE" dir:/image/lifecycle
# RUNTIMES holds a line for each: the buildpack that it belongs to, and its image.
while read -r folder image; do
  [ -n "$folder" ] || continue
  mkdir --parents "/image/runtimes/${folder%/*}"
  from "$image" "dir:/image/runtimes/$folder"
done <<<"$RUNTIMES"
