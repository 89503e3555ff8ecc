#!/bin/bash
# Moves public tags to an image, each only from the digest that it had when this began: no one's promotion is overwritten unseen.
set -euo pipefail
inspect() { skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$1" 2>/tmp/answer; }
# The digest of a tag, or nothing when there is no such tag.
current() {
  inspect "$1" && return
  grep -qiE 'manifest unknown|name unknown|NAME_UNKNOWN|MANIFEST_UNKNOWN' /tmp/answer || { cat /tmp/answer >&2; exit 1; }
}
copy() {
  skopeo copy --quiet --retry-times 5 --preserve-digests --src-tls-verify="$REGISTRY_TLS" --dest-tls-verify="$REGISTRY_TLS" "docker://$1" "docker://$2"
}

where=$REPOSITORY:sha256-${DIGEST#sha256:}.contract
got=$(current "$where")
[ -n "$got" ] || { echo "$REPOSITORY@$DIGEST has no attestation that it passed its contract, $where; no tag is moved" >&2; exit 1; }
[ "$got" = "$ATTESTATION" ] || { echo "$where is $got, but the contract of this run wrote $ATTESTATION; no tag is moved" >&2; exit 1; }

declare -A before
for tag in $TAGS; do before[$tag]=$(current "$REPOSITORY:$tag"); done
promoted=
for tag in $TAGS; do
  [ "${before[$tag]}" != "$DIGEST" ] || { echo "$REPOSITORY:$tag is $DIGEST already"; continue; }
  # What was public stays, under a name that is never moved.
  [ -z "${before[$tag]}" ] || copy "$REPOSITORY@${before[$tag]}" "$REPOSITORY:was-$tag-${before[$tag]:7:12}"
  now=$(current "$REPOSITORY:$tag")
  [ "$now" = "${before[$tag]}" ] ||
    { echo "$REPOSITORY:$tag was ${before[$tag]:-absent} and is ${now:-absent} now: someone else moves it; look who, then retry" >&2; exit 1; }
  copy "$REPOSITORY@$DIGEST" "$REPOSITORY:$tag"
  echo "$REPOSITORY:$tag is $DIGEST, was ${before[$tag]:-absent}"
  promoted="$promoted $tag"
done
printf %s "${promoted# }" >"$PROMOTED_RESULT"
