#!/bin/bash
# The runtime that this one is built against, if there is one, as files.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
[ -n "$AGAINST" ] || exit 0
skopeo copy --quiet --retry-times 5 --src-tls-verify="$REGISTRY_TLS" "docker://$AGAINST" dir:/image/against
