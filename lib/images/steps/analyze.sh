#!/bin/bash
# Looks at the run image, with the toolbox's own lifecycle, before anything that is built runs.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../registry/steps/credentials.sh
. credentials.sh
umask 022
got=$(/cnb/lifecycle/analyzer -version)
[ "${got%%+*}" = "$LIFECYCLE" ] ||
  { echo "the toolbox has the lifecycle $got, the builder has $LIFECYCLE; name a toolbox with that one in the environment's settings" >&2; exit 1; }
hand_over
printf %s "$RUN" >/control/run.toml
exec /cnb/lifecycle/analyzer -run-image "$RUN_IMAGE" -uid "$CNB_UID" -gid "$CNB_UID" "$IMAGE"
