#!/bin/bash
# Which commit each followed branch has: a file with its hash. What others say of their repositories is read here, where there is no token and no
# credential; what could not be read leaves no file.
set -euo pipefail
shopt -s nullglob
if [ $# = 0 ]; then
  files=(/followed/*)
  [ ${#files[@]} = 0 ] || printf '%s\0' "${files[@]}" | xargs --null --max-procs=8 --max-args=1 bash /scripts/look.sh
  exit
fi
image=${1##*/}
IFS=$'\t' read -r url branch < <(jq -r '[.url, .branch] | @tsv' "$1")
export GIT_ALLOW_PROTOCOL=${url%%:*} GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
refs=$(timeout 15 git ls-remote "$url" "refs/heads/$branch" 2>&1) || {
  why=$?
  [ "$why" != 124 ] || refs='no answer within 15 seconds'
  echo "$image: $url cannot be read: $(tail --lines=1 <<<"$refs" | head --bytes=300)" >&2
  exit 0
}
commit=$(awk -F '\t' -v ref="refs/heads/$branch" '$2 == ref { print $1 }' <<<"$refs")
if [ -n "$commit" ]; then printf %s "$commit" >"/heads/$image"; else echo "$image: $url has no branch $branch" >&2; fi
