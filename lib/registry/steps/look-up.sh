#!/bin/bash
# Asks the registry what is to be done for an image, in a pod in which nothing that is built ever runs: what later tasks believe of the
# registry is what this one says. With LAYERS, an image can be the layers of another on RUN_IMAGE. What is to be built needs BUILDER.
set -euo pipefail
: >"$DIGEST_RESULT"
: >"$RUN_IMAGE_RESULT"
: >"$LAYERS_RESULT"
: >"$BEFORE_RESULT"

# What is public now, for who moves the tags.
if [ -n "$TAGS" ]; then
  read -r -a tags <<<"$TAGS"
  before=$(csb-registry before "$REPOSITORY" "${tags[@]}")
  printf %s "$before" >"$BEFORE_RESULT"
fi

decided() {
  printf %s "$1" >"$MADE_RESULT"
  echo "$2"
  exit
}
digest=$(csb-registry digest "$IMAGE")
layers=
[ -z "$LAYERS" ] || layers=$(csb-registry digest "$LAYERS")
if [ -n "$digest" ]; then
  printf %s "$digest" >"$DIGEST_RESULT"
  # The run that made it may have ended before it named the layers, by which a later run image finds them.
  [ -z "$LAYERS" ] || [ -n "$layers" ] || csb-registry copy "$IMAGE" "$LAYERS"
  decided found "$IMAGE is in the registry already: $digest"
fi
[ -n "$RUN_IMAGE" ] || decided built "$IMAGE is not in the registry yet"
run=$(csb-registry digest "$RUN_IMAGE")
[ -n "$run" ] || { echo "the run image $RUN_IMAGE is not in the registry; make it with: csb rebuild" >&2; exit 1; }
# Without the tag: the lifecycle compares run images by name. (One that somebody else has made is named by its digest, without a tag.)
case $RUN_IMAGE in
  *@*) printf %s "$RUN_IMAGE" ;;
  *) printf '%s@%s' "${RUN_IMAGE%:*}" "$run" ;;
esac >"$RUN_IMAGE_RESULT"
if [ -z "$layers" ]; then
  # Whose layers a run of this cluster has made before did not wait for its builder.
  there=$(csb-registry digest "$BUILDER")
  if [ -z "$there" ]; then
    echo "neither $IMAGE nor $LAYERS is in the registry any more, nor is the builder yet, $BUILDER; make them with: csb rebuild <image>, or --all" >&2
    exit 1
  fi
  decided built "neither $IMAGE nor $LAYERS is in the registry yet"
fi
printf '%s@%s' "${LAYERS%:*}" "$layers" >"$LAYERS_RESULT"
decided rebased "the layers are in the registry already, on another run image: $LAYERS, $layers; they are put on $RUN_IMAGE"
