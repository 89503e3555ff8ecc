#!/bin/bash
# Puts the image under its address.
set -euo pipefail
# shellcheck source=SCRIPTDIR/credentials.sh
. credentials.sh
# shellcheck source=SCRIPTDIR/registry.sh
. registry.sh
take_credentials
# Another run may have made the same meanwhile, and a tag that is an address is written once. (Between this look and the copy another could
# still come; then both made the same from the same declaration, and the later one stays.)
digest=$(current "$IMAGE")
[ -z "$digest" ] || { echo "$IMAGE is in the registry by now: $digest"; exit; }
# Docker's type of manifest: the CNB lifecycle makes no other when it rebases, and one of both kinds is refused by most programs.
skopeo copy --quiet --retry-times 5 --format v2s2 --dest-tls-verify="$REGISTRY_TLS" oci:/image/layout:base "docker://$IMAGE"
echo "built $IMAGE"
