#!/bin/bash
# Which digest the contract is about, whether it has been tried with it already, and whether its canary has been tried in its place.
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
if [ -n "$found" ]; then
  printf %s "$found" > /work/found
  echo "$found says that it passed this contract already"
  exit
fi
# What is built, or was found untried, is tried itself.
[ -n "$LAYERS_OF" ] && [ -n "$CANARY" ] || exit 0
# Its layers passed as they were built, or, by the contract of today, as they were public last.
passed=(--layers-of "$LAYERS_OF")
for tag in $BEFORE; do
  [ -z "${tag#*=}" ] || passed+=(--layers-of "${pinned%@*}@${tag#*=}")
done
echo "its layers are those of $LAYERS_OF; has its canary, $CANARY, passed on its run image?"
canary=$(csb-registry canary --environment "$ENVIRONMENT" --contract "$CONTRACT_VERSION" --family "$FAMILY" "${passed[@]}" \
  --canary "$CANARY" --canary-contract "$CANARY_CONTRACT" --canary-family "$CANARY_FAMILY" "$pinned")
if [ -z "$canary" ]; then
  echo 'everything is tried'
  exit
fi
printf %s "$canary" > /work/canary
echo "its canary has passed: $canary; here it is tried whether it starts"
