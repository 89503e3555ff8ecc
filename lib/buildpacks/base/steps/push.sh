#!/bin/bash
# Puts the image under its address and hands its digest on.
set -euo pipefail
made=found
if [ ! -e /work/found ]; then
  made=built
  verify=true
  case $REGISTRY_URL in http://*) verify=false ;; esac
  skopeo copy --quiet --retry-times 5 --dest-tls-verify="$verify" --digestfile /work/found oci:/work/image:base "docker://$IMAGE"
fi
tr -d '\n' < /work/found > "$DIGEST_RESULT"
printf %s "$made" > "$MADE_RESULT"
echo "$made $IMAGE $(cat /work/found)"
