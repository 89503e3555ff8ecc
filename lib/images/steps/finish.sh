#!/bin/bash
# Names the layers, so that a later run image finds them, and hands the digest on.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../registry/steps/registry.sh
. registry.sh
made=found
if [ ! -e /work/found ]; then
  made=built
  [ ! -e /work/rebase ] || made=rebased
  digest=$(current "$IMAGE")
  [ -n "$digest" ] || { echo "the export ended well, but $IMAGE is not in the registry" >&2; exit 1; }
  printf %s "$digest" >/work/found
fi
# Also of what was found: the run that made it may have ended before this.
named=$(current "$LAYERS")
[ -n "$named" ] || copy "$IMAGE" "$LAYERS"
tr --delete '\n' </work/found >"$DIGEST_RESULT"
printf %s "$made" >"$MADE_RESULT"
echo "$made $IMAGE $(cat /work/found)"
