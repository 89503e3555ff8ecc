#!/bin/bash
# Moves public tags to an image that has no contract to pass.
set -euo pipefail
# shellcheck source=SCRIPTDIR/registry.sh
. registry.sh
# shellcheck source=SCRIPTDIR/move-tags.sh
. move-tags.sh

DIGEST=$(current "$IMAGE")
[ -n "$DIGEST" ] || { echo "$IMAGE is not in the registry; no tag is moved" >&2; exit 1; }
move_tags
