# shellcheck shell=bash
# Moves public tags. Scripts that say `. move-tags.sh` after `. registry.sh` have this text in its place (registry-scripts.ts).

# What a tag of TAGS named when the run began: BEFORE has a word for each, the tag, =, and the digest, or nothing. Which tags are moved is
# for the declaration to say.
was() {
  local pair
  for pair in $BEFORE; do
    [ "${pair%%=*}" != "$1" ] || { echo "${pair#*=}"; return; }
  done
  echo "nothing was noted of $REPOSITORY:$1 when this run began; no tag is moved" >&2
  exit 1
}

must_be_as_before() {
  local now
  now=$(current "$REPOSITORY:$1")
  [ "$now" = "$2" ] || [ "$now" = "$DIGEST" ] || {
    echo "$REPOSITORY:$1 was ${2:-absent} when this run began and is ${now:-absent} now: another run was quicker; no tag is moved. When this one is wanted: csb retry" >&2
    exit 1
  }
}

# Moves the tags to DIGEST, each only from the digest that it had when the run began: a run that was overtaken moves nothing.
move_tags() {
  local tag old now promoted=
  for tag in $TAGS; do
    old=$(was "$tag")
    must_be_as_before "$tag" "$old"
  done
  for tag in $TAGS; do
    old=$(was "$tag")
    now=$(current "$REPOSITORY:$tag")
    [ "$now" != "$DIGEST" ] || { echo "$REPOSITORY:$tag is $DIGEST already"; continue; }
    # What was public stays, under a name that is never moved.
    [ -z "$old" ] || copy "$REPOSITORY@$old" "$REPOSITORY:was-$tag-${old:7:12}"
    must_be_as_before "$tag" "$old"
    copy "$REPOSITORY@$DIGEST" "$REPOSITORY:$tag"
    echo "$REPOSITORY:$tag is $DIGEST, was ${old:-absent}"
    promoted="$promoted $tag"
  done
  printf %s "${promoted# }" >"$PROMOTED_RESULT"
  printf %s "$DIGEST" >"$DIGEST_RESULT"
}
