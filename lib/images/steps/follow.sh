#!/bin/bash
# For each followed branch a run for its commit, unless there is one. Has a token that may make runs, and reads of repositories nothing but
# which commit a branch has.
set -euo pipefail
shopt -s inherit_errexit
export GIT_ALLOW_PROTOCOL=https:http GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
runs=https://kubernetes.default.svc/apis/tekton.dev/v1/namespaces/$NAMESPACE/pipelineruns

# ask METHOD URL [OPTION...]: with the token through a file, since arguments can be seen by every process.
ask() {
  curl --silent --show-error --fail-with-body --max-time 30 --cacert /api/ca.crt --request "$1" \
    --header "@"<(printf 'Authorization: Bearer %s' "$(</api/token)") "${@:3}" "$2"
}

# runs_of IMAGE: a line for each, the newest first: its name, and whether it is done.
runs_of() {
  ask GET "$runs?labelSelector=$LABEL%3D$1" |
    jq -r '.items | sort_by(.metadata.creationTimestamp) | reverse[] | "\(.metadata.name) \(.status.completionTime != null)"'
}

# follow FILE: what it says of an image, as lib/images/followed-images.ts writes it.
follow() {
  local image=${1##*/} url branch made head commit address run name known newest answer
  IFS=$'\t' read -r url branch made < <(jq -r '[.url, .branch, .made] | @tsv' "$1")
  head=$(timeout 60 git ls-remote "$url" "refs/heads/$branch")
  commit=${head%%$'\t'*}
  [[ $commit =~ ^[0-9a-f]{40}$ ]] || { echo "$image: $url has no branch $branch" >&2; return 1; }
  # As toolImageAddress() in lib/images/image-address.ts.
  address=$(printf '{"commit":"%s","made":"%s"}' "$commit" "$made" | sha256sum | head --bytes=16)
  run=$(jq --arg commit "$commit" --arg address "$address" -f /scripts/run.jq "$1")
  name=$(jq -r .metadata.name <<<"$run")
  known=$(runs_of "$image")
  newest=$(head --lines=1 <<<"$known" | cut -d ' ' -f 1)
  if [ "$newest" = "$name" ]; then
    echo "$image: $branch is at $commit, and $name is its run"
  elif grep -q ' false$' <<<"$known"; then
    # One at a time, however often somebody pushes.
    echo "$image: $branch is at $commit; that is built when $(grep -m 1 ' false$' <<<"$known" | cut -d ' ' -f 1) is done"
  else
    # A branch can go back to what it was at before: then the tag does, too.
    ! grep -q "^$name " <<<"$known" || ask DELETE "$runs/$name" >/dev/null
    answer=$(ask POST "$runs" --header 'Content-Type: application/json' --data-binary @- <<<"$run") ||
      { echo "$image: the cluster refused the run $name: $(jq -r '.message? // .' <<<"$answer" 2>&1 | head --bytes=600)" >&2; return 1; }
    echo "$image: $branch is at $commit; $name has begun"
  fi
  # Of those that are done, the newest tell what has been.
  grep ' true$' <<<"$known" | cut -d ' ' -f 1 | grep -vx "$name" | tail --lines=+4 | while read -r old; do
    ask DELETE "$runs/$old" >/dev/null && echo "$image: $old is gone"
  done || true
}

failed=0
for file in /followed/*; do
  # One that cannot be followed keeps no other from it.
  follow "$file" &
  wait "$!" || failed=$((failed + 1))
done
[ "$failed" = 0 ] || { echo "$failed cannot be followed" >&2; exit 1; }
