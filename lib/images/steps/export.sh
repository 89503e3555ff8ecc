#!/bin/bash
# Puts the layers on the run image, with the toolbox's own lifecycle, from the copies that only the guard could write.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../registry/steps/credentials.sh
. credentials.sh
take_credentials
umask 022
# Another run may have made the same meanwhile: what stands under an address is not written again.
there=$(csb-registry digest "$IMAGE")
[ -n "$there" ] ||
  /cnb/lifecycle/exporter -uid "$CNB_UID" -gid "$CNB_UID" -run /control/run.toml -report /tmp/report.toml "$IMAGE"
# Names the layers, so that a later run image finds them.
named=$(csb-registry digest "$LAYERS")
[ -n "$named" ] || csb-registry copy "$IMAGE" "$LAYERS"
