#!/bin/bash
# Puts the layers that the registry has on another run image: a fleet of one. The lifecycle's Rebaser decides and computes; csb-registry reads,
# writes, and reads back.
set -euo pipefail
echo "$BUILT_IMAGE $IMAGE" >/tmp/fleet
made=$(csb-registry rebase --run-image "$RUN_IMAGE" --platform-api "$CNB_PLATFORM_API" --fleet /tmp/fleet)
echo "$made"
# In a fleet, one that has to be built instead stops no other. Here there is no other.
[ "$(jq .refused <<<"$made")" = 0 ]
