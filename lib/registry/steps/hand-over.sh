#!/bin/bash
# Leaves the credentials for the step that pushes, before anything that is built runs.
set -euo pipefail
# shellcheck source=SCRIPTDIR/credentials.sh
. credentials.sh
hand_over
