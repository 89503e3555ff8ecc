#!/bin/bash
# Names the layers, so that a later run image finds them, and hands the digest on.
set -euo pipefail
made=found
if [ ! -e /work/found ]; then
  skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$IMAGE" >/work/found
  made=rebased
  if [ ! -e /work/rebase ]; then
    made=built
    skopeo copy --quiet --retry-times 5 --preserve-digests --src-tls-verify="$REGISTRY_TLS" --dest-tls-verify="$REGISTRY_TLS" \
      "docker://$IMAGE" "docker://$LAYERS"
  fi
fi
tr --delete '\n' </work/found >"$DIGEST_RESULT"
printf %s "$made" >"$MADE_RESULT"
echo "$made $IMAGE $(cat /work/found)"
