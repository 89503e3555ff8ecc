#!/bin/bash
# Finds the buildpacks whose parts the descriptor wants.
set -euo pipefail
[ ! -e /work/found ] && [ ! -e /work/rebase ] || exit 0
umask 022
exec /cnb/lifecycle/detector
