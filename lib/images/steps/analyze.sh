#!/bin/bash
# Looks at the run image.
set -euo pipefail
[ ! -e /work/found ] && [ ! -e /work/rebase ] || exit 0
umask 022
exec /cnb/lifecycle/analyzer -run-image "$(cat /work/run-image)" -uid "$CNB_UID" -gid "$CNB_UID" "$IMAGE"
