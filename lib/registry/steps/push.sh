#!/bin/bash
# Puts the image under its address and hands its digest on.
set -euo pipefail
# shellcheck source=SCRIPTDIR/registry.sh
. registry.sh
made=found
if [ ! -e /work/found ]; then
  # Another run may have made the same meanwhile, and a tag that is an address is written once. (Between this look and the
  # copy another could still come; then both made the same from the same declaration, and the later one stays.)
  digest=$(current "$IMAGE")
  if [ -z "$digest" ]; then
    made=built
    # Docker's type of manifest: the CNB lifecycle makes no other when it rebases, and one of both kinds is refused by most programs.
    skopeo copy --quiet --retry-times 5 --format v2s2 --dest-tls-verify="$REGISTRY_TLS" --digestfile /work/digest oci:/work/image:base "docker://$IMAGE"
    digest=$(</work/digest)
  fi
  printf %s "$digest" >/work/found
fi
tr --delete '\n' </work/found >"$DIGEST_RESULT"
printf %s "$made" >"$MADE_RESULT"
echo "$made $IMAGE $(cat /work/found)"
