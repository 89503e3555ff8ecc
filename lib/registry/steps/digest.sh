#!/bin/bash
# Which digest the registry has for what was made: asked where nothing that is built runs.
set -euo pipefail
digest=$(csb-registry digest "$IMAGE")
[ -n "$digest" ] || { echo "the build ended well, but $IMAGE is not in the registry" >&2; exit 1; }
printf %s "$digest" >"$DIGEST_RESULT"
echo "$IMAGE is $digest"
