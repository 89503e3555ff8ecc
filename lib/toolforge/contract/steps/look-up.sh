#!/bin/bash
# Which digest the contract is about, and whether it has been tried with it already.
set -euo pipefail
digest=$(csb-registry digest "$IMAGE")
[ -n "$digest" ] || { echo "$IMAGE is not in the registry; make it with: csb rebuild" >&2; exit 1; }
printf %s "$digest" > /work/image-digest
printf %s "$digest" > "$DIGEST_RESULT"
# A reference without its tag or digest: the part after the last / may have them.
last=${IMAGE##*/}
last=${last%%@*}
pinned=${IMAGE%/*}/${last%%:*}@$digest
echo "$pinned" > /work/image
echo "the image is $pinned"
# Whoever asks for another attempt does not want to hear what an earlier one found.
if [[ $RUN != *-1 ]]; then
  echo 'another attempt: it is tried again'
  exit
fi
found=$(csb-registry attestation --environment "$ENVIRONMENT" --contract "$CONTRACT_VERSION" --family "$FAMILY" "$pinned")
[ -n "$found" ] || exit 0
printf %s "$found" > /work/found
echo "$found says that it passed this contract already"
