#!/bin/bash
# Moves public tags to an image that passed its contract.
set -euo pipefail
# shellcheck source=SCRIPTDIR/registry.sh
. registry.sh
# shellcheck source=SCRIPTDIR/move-tags.sh
. move-tags.sh

where=$REPOSITORY:sha256-${DIGEST#sha256:}.contract
got=$(current "$where")
[ -n "$got" ] || { echo "$REPOSITORY@$DIGEST has no attestation that it passed its contract, $where; no tag is moved" >&2; exit 1; }
[ "$got" = "$ATTESTATION" ] || { echo "$where is $got, but the contract of this run wrote $ATTESTATION; no tag is moved" >&2; exit 1; }
move_tags
