#!/bin/bash
# The image that this one stands on, as a file.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
skopeo copy --quiet --retry-times 5 --src-tls-verify="$REGISTRY_TLS" "docker://$PARENT" oci:/image/layout:base
