#!/bin/bash
# Puts the layers that the registry has on another run image.
set -euo pipefail
exec /cnb/lifecycle/rebaser -uid "$CNB_UID" -gid "$CNB_UID" -run-image "$RUN_IMAGE" -previous-image "$BUILT_IMAGE" -report /tmp/report.toml "$IMAGE"
