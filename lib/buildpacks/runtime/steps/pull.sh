#!/bin/bash
# The runtime that this one is built against, if there is one, as files of its layers.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
[ -n "$AGAINST" ] || exit 0
csb-registry pull --layers /image/against "$AGAINST"
