#!/bin/bash
# There is no cache, and nothing to restore but the metadata of the run image.
set -euo pipefail
[ ! -e /work/found ] && [ ! -e /work/rebase ] || exit 0
umask 022
exec /cnb/lifecycle/restorer -uid "$CNB_UID" -gid "$CNB_UID"
