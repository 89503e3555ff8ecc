#!/bin/bash
# The build image, the lifecycle and the runtimes, as files.
set -euo pipefail
[ ! -e /work/found ] || exit 0
umask 022
from() { skopeo copy --quiet --retry-times 5 --src-tls-verify="$REGISTRY_TLS" "docker://$1" "$2"; }
from "$BUILD_IMAGE" oci:/work/image:base
from "$LIFECYCLE" dir:/work/lifecycle
# RUNTIMES holds a line for each: the buildpack that it belongs to, and its image.
while read -r folder image; do
  [ -n "$folder" ] || continue
  mkdir --parents "/work/runtimes/${folder%/*}"
  from "$image" "dir:/work/runtimes/$folder"
done <<<"$RUNTIMES"
