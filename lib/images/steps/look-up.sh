#!/bin/bash
# Asks the registry for the image, or else for its layers on another run image, and pins the run image.
set -euo pipefail
inspect() { skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$1" 2>/work/answer; }
# Nothing there, and no other reason.
absent() {
  grep -qiE 'manifest unknown|name unknown|NAME_UNKNOWN|MANIFEST_UNKNOWN' /work/answer && return
  cat /work/answer >&2
  ! grep -qiE 'unauthorized|denied|forbidden' /work/answer || echo "give the registry's credentials: pushSecret in the environment's settings" >&2
  exit 1
}

if digest=$(inspect "$IMAGE"); then
  echo "$IMAGE is in the registry already: $digest"
  printf %s "$digest" >/work/found
  exit
fi
absent
run=$(inspect "$RUN_IMAGE") || { cat /work/answer >&2; exit 1; }
# Without the tag: the lifecycle compares run images by name.
printf '%s@%s' "${RUN_IMAGE%:*}" "$run" >/work/run-image
if built=$(inspect "$LAYERS"); then
  echo "the layers are in the registry already, on another run image: $LAYERS, $built; they are put on $RUN_IMAGE"
  printf '%s@%s' "${LAYERS%:*}" "$built" >/work/rebase
  exit
fi
absent
echo "neither $IMAGE nor $LAYERS is in the registry yet"
