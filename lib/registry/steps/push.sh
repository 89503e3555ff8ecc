#!/bin/bash
# Puts the image under its address.
set -euo pipefail
# shellcheck source=SCRIPTDIR/credentials.sh
. credentials.sh
take_credentials
# Another run may have made the same meanwhile: then nothing is written. (Between this look and the end of the push another could still come;
# then both made the same from the same declaration, and the later one stays.)
lending=()
# Layers that the layout lacks are in this repository; where it keeps what is new for other images, the layout has a report of its layers.
[ -z "${LENDER:-}" ] || lending=(--lender "$LENDER")
[ ! -e /image/report.json ] || lending+=(--report /image/report.json)
digest=$(csb-registry push --layout /image/layout --tag base "${lending[@]}" "$IMAGE")
echo "$IMAGE is $digest"
