#!/bin/bash
# Names the layers, so that a later run image finds them, and hands the digest on.
set -euo pipefail
made=found
if [ ! -e /work/found ]; then
  made=built
  [ ! -e /work/rebase ] || made=rebased
  skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$IMAGE" >/work/found
fi
# Also of what was found: the run that made it may have ended before this.
if ! skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$LAYERS" >/dev/null 2>&1; then
  skopeo copy --quiet --retry-times 5 --preserve-digests --src-tls-verify="$REGISTRY_TLS" --dest-tls-verify="$REGISTRY_TLS" \
    "docker://$IMAGE" "docker://$LAYERS"
fi
tr --delete '\n' </work/found >"$DIGEST_RESULT"
printf %s "$made" >"$MADE_RESULT"
echo "$made $IMAGE $(cat /work/found)"
