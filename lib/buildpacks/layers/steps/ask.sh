#!/bin/bash
# What is known of the image that this one is made in, should there be one, and which layers of packages the registry has already.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../../registry/steps/credentials.sh
. credentials.sh
hand_over
printf %s "$LAYERS" >/image/plan.json
if [ -n "$PARENT" ]; then csb-registry config "$PARENT"; else echo '{}'; fi >/image/parent.json
csb-registry known --plan /image/plan.json "$LENDER" >/image/known.json
echo "of $(jq '.layers | length' /image/plan.json) layers of packages, the registry has $(jq length /image/known.json)"
