#!/bin/bash
# Puts the layers on the run image: those just built, or, when only the run image is another, those that the registry has.
set -euo pipefail
[ ! -e /work/found ] || exit 0
umask 022
if [ -e /work/rebase ]; then
  exec /cnb/lifecycle/rebaser -uid "$CNB_UID" -gid "$CNB_UID" -run-image "$(cat /work/run-image)" -previous-image "$(cat /work/rebase)" \
    -report /work/report.toml "$IMAGE"
fi
exec /cnb/lifecycle/exporter -uid "$CNB_UID" -gid "$CNB_UID" -report /work/report.toml "$IMAGE"
