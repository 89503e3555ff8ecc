#!/bin/bash
# Puts the image under its address and hands its digest on.
set -euo pipefail
made=found
# Another run may have made the same meanwhile, and a tag that is an address is written once. (Between this look and the
# copy another could still come; then both made the same from the same declaration, and the later one stays.)
if [ ! -e /work/found ] &&
  ! skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$IMAGE" > /work/found 2> /work/answer; then
  grep -qiE 'manifest unknown|name unknown|NAME_UNKNOWN|MANIFEST_UNKNOWN' /work/answer || { cat /work/answer >&2; exit 1; }
  made=built
  skopeo copy --quiet --retry-times 5 --dest-tls-verify="$REGISTRY_TLS" --digestfile /work/found oci:/work/image:base "docker://$IMAGE"
fi
tr -d '\n' < /work/found > "$DIGEST_RESULT"
printf %s "$made" > "$MADE_RESULT"
echo "$made $IMAGE $(cat /work/found)"
