#!/bin/bash
# The image that this one stands on, as a file.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
csb-registry pull --layout /image/layout --tag base "$PARENT"
