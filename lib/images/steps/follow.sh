#!/bin/bash
# Orders a run for each followed image, of the commit that its branch has, unless the newest run is that. Has a token that may make runs, and is
# told by look.sh nothing but a hash for each image.
set -euo pipefail
shopt -s inherit_errexit nullglob
runs=https://kubernetes.default.svc/apis/tekton.dev/v1/namespaces/$NAMESPACE/pipelineruns
# How many are under way at a time, of all images; five of them are left to what has been pushed.
MOST=20
LEFT=5
# Of no program.
ORDERED=100

# ask METHOD URL [OPTION...]: with the token through a file, since arguments can be seen by every process.
ask() {
  curl --silent --show-error --max-time 30 --cacert /api/ca.crt --request "$1" \
    --header "@"<(printf 'Authorization: Bearer %s' "$(</api/token)") "${@:3}" "$2"
}

# All runs of templates, the newest first, a line each: image, name, state, seconds since its end.
known_runs() {
  local page more=
  while :; do
    page=$(ask GET "$runs?labelSelector=$LABEL&limit=200${more:+&continue=$more}" --fail-with-body)
    jq -r --arg of "$LABEL" '.items[] | .status as { $completionTime, $conditions } | [
      .metadata.creationTimestamp, .metadata.labels[$of], .metadata.name,
      (if $completionTime == null then "open" else { True: "succeeded" }[$conditions[0].status] // "failed" end),
      (if $completionTime == null then 0 else now - ($completionTime | fromdate) | floor end)
    ] | @tsv' <<<"$page"
    more=$(jq -r '.metadata.continue // "" | @uri' <<<"$page")
    [ -n "$more" ] || break
  done | sort --reverse | cut --fields=2-
}

# order pushed|again FILE: what is declared of an image, as lib/images/followed-images.ts writes it. First what has been pushed; then what is declared
# otherwise than it was, and what has failed.
order() {
  local which=$1 file=$2 image=${2##*/} most=$MOST commit made address run name mine newest state ended attempt failures gap said status old
  if [ ! -f "/heads/$image" ] || [ -L "/heads/$image" ]; then
    [ "$which" = again ] || return 0
    echo "$image: its branch could not be read; the container 'look' says why" >&2
    return 1
  fi
  commit=$(head --bytes=41 "/heads/$image")
  mine=$(awk -F '\t' -v image="$image" '$1 == image' <<<"$known")
  IFS=$'\t' read -r _ newest state ended <<<"$mine"
  if [[ $newest == *-"${commit:0:10}"-* ]]; then [ "$which" = again ] || return 0; else [ "$which" = pushed ] || return 0; fi
  [[ $commit =~ ^[0-9a-f]{40}$ ]] || { echo "$image: its branch is at '$commit', which is no commit" >&2; return 1; }
  made=$(jq -r .made "$file")
  # As toolImageAddress() in lib/images/image-address.ts.
  address=$(printf '{"commit":"%s","made":"%s"}' "$commit" "$made" | sha256sum | head --bytes=16)
  run=$(jq --arg commit "$commit" --arg address "$address" -f /scripts/run.jq "$file")
  name=$(jq -r .metadata.name <<<"$run")
  said="$image: $(jq -r .branch "$file") is at $commit"
  attempt=$(cut --fields=2 <<<"$mine" | sed --quiet "s/^$name-\([0-9]*\)$/\1/p" | sort --numeric-sort | tail --lines=1)
  # One at a time, however often somebody pushes.
  if [ "$state" = open ]; then
    echo "$said; $newest is under way"
    return
  fi
  if [ "${newest%-*}" = "$name" ]; then
    if [ "$state" = succeeded ]; then
      echo "$said, and $newest is its run"
      return
    fi
    failures=$(awk -F '\t' '$3 != "failed" { exit } { print }' <<<"$mine" | wc --lines)
    case $failures in 1) gap=900 ;; 2) gap=3600 ;; *) gap=21600 ;; esac
    if [ "$ended" -lt "$gap" ]; then
      echo "$said; $newest has failed, and is repeated in $(((gap - ended + 59) / 60)) minutes" >&2
      return 1
    fi
  fi
  [ "$which" = pushed ] || most=$((MOST - LEFT))
  if [ "$open" -ge "$most" ]; then
    echo "$said; that is for the next time, since $open runs are under way"
    return
  fi
  # Never the name of a run that there is: Tekton finds the tasks of a run by its name.
  name+=-$((${attempt:-0} + 1))
  status=$(jq --arg name "$name" '.metadata.name = $name' <<<"$run" |
    ask POST "$runs" --header 'Content-Type: application/json' --data-binary @- --output /tmp/answer --write-out '%{http_code}')
  case $status in
    201) echo "$said; $name has begun" ;;
    409) echo "$said; somebody else has begun $name" ;;
    *)
      echo "$said; the cluster answered $status to the run $name: $(jq -r '.message? // .' /tmp/answer 2>&1 | head --bytes=600)" >&2
      return 1
      ;;
  esac
  # Of those that are done, the newest tell what has been.
  for old in $(cut --fields=2 <<<"$mine" | tail --lines=+4); do
    if ask DELETE "$runs/$old" --fail --output /dev/null; then echo "$image: $old is gone"; fi
  done
  return "$ORDERED"
}

known=$(known_runs)
open=$(awk -F '\t' '$3 == "open"' <<<"$known" | wc --lines)
failed=0
# In another order each time, so that nobody is always the last.
mapfile -t files < <(printf '%s\n' /followed/* | shuf)
for which in pushed again; do
  for file in "${files[@]}"; do
    # One that cannot be followed keeps no other from it.
    order "$which" "$file" &
    wait "$!" || case $? in "$ORDERED") open=$((open + 1)) ;; *) failed=$((failed + 1)) ;; esac
  done
done
[ "$failed" = 0 ] || { echo "$failed are not as their branches" >&2; exit 1; }
