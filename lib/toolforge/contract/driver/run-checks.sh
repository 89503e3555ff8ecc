#!/bin/bash
# Runs the checks named in CONTRACT_CHECKS, whose texts are in the environment, and prints one line for each finding.
# It runs in the candidate image, so it needs nothing but bash and timeout.
set -euo pipefail

say() {
  printf '@contract\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@"
}

for check in $CONTRACT_CHECKS; do
  text=CHECK_${check//-/_}
  started=${EPOCHREALTIME/./}
  status=0
  output=$(timeout --kill-after=5 "$CONTRACT_CHECK_SECONDS" /bin/bash -c "$CONTRACT_VERDICT"$'\n'"${!text}" "$check" 2>&1 < /dev/null) || status=$?
  seconds=$(((${EPOCHREALTIME/./} - started) / 10000))
  printf -v seconds '%d.%02d' $((seconds / 100)) $((seconds % 100))
  failed=no
  last=
  while IFS= read -r line; do
    if [[ $line == @differs$'\t'* ]]; then
      IFS=$'\t' read -r _ where expected got <<< "$line"
      say "$check" fail "$seconds" "$where" "$expected" "$got"
      failed=yes
    elif [ -n "$line" ]; then
      last=${line//[$'\t\r']/ }
    fi
  done <<< "$output"
  if [ "$status" != 0 ]; then
    [ "$status" != 124 ] || last="not done after $CONTRACT_CHECK_SECONDS seconds"
    say "$check" fail "$seconds" "the check $check" 'ends with 0' "ends with $status: ${last:-no output}"
  elif [ "$failed" = no ]; then
    say "$check" pass "$seconds" '' '' ''
  fi
done
