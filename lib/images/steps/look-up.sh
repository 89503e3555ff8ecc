#!/bin/bash
# Asks the registry for the image, or else for its layers on another run image; pins the run image; notes what is public now.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../registry/steps/registry.sh
. registry.sh

for tag in $TAGS; do
  digest=$(current "$REPOSITORY:$tag")
  printf '%s=%s ' "$tag" "$digest" >>"$BEFORE_RESULT"
done

digest=$(current "$IMAGE")
if [ -n "$digest" ]; then
  echo "$IMAGE is in the registry already: $digest"
  printf %s "$digest" >/work/found
  exit
fi
run=$(current "$RUN_IMAGE")
[ -n "$run" ] || { echo "the run image $RUN_IMAGE is not in the registry; make it with: csb rebuild" >&2; exit 1; }
# Without the tag: the lifecycle compares run images by name. (One that somebody else has made is named by its digest, without a tag.)
case $RUN_IMAGE in
  *@*) printf %s "$RUN_IMAGE" ;;
  *) printf '%s@%s' "${RUN_IMAGE%:*}" "$run" ;;
esac >/work/run-image
built=$(current "$LAYERS")
if [ -n "$built" ]; then
  echo "the layers are in the registry already, on another run image: $LAYERS, $built; they are put on $RUN_IMAGE"
  printf '%s@%s' "${LAYERS%:*}" "$built" >/work/rebase
else
  echo "neither $IMAGE nor $LAYERS is in the registry yet"
fi
