# shellcheck shell=bash
# Moves public tags. Scripts that say `. move-tags.sh` after `. registry.sh` have this text in its place (registry-scripts.ts).

# BEFORE has a word for each tag, in order: the tag, =, and the digest that it had when the run began, or nothing.
must_be_as_before() {
  local now
  now=$(current "$REPOSITORY:$1")
  [ "$now" = "$2" ] || [ "$now" = "$DIGEST" ] || {
    echo "$REPOSITORY:$1 was ${2:-absent} when this run began and is ${now:-absent} now: another run was quicker; no tag is moved. When this one is wanted: csb retry" >&2
    exit 1
  }
}

# Moves the tags of BEFORE to DIGEST, each only from the digest that it had when the run began: a run that was overtaken moves nothing.
move_tags() {
  local pair tag old now promoted=
  for pair in $BEFORE; do must_be_as_before "${pair%%=*}" "${pair#*=}"; done
  for pair in $BEFORE; do
    tag=${pair%%=*}
    old=${pair#*=}
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
}
