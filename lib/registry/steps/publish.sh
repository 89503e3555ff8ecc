#!/bin/bash
# Moves public tags to an image that has no contract to pass.
set -euo pipefail
# shellcheck source=SCRIPTDIR/registry.sh
. registry.sh
# shellcheck source=SCRIPTDIR/move-tags.sh
. move-tags.sh
move_tags
