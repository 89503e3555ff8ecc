#!/bin/bash
# New environments, without any network, by both programs.
set -euo pipefail
venv=$HOME/new-venv
for maker in 'python3 -m venv' virtualenv; do
  rm -rf "$venv"
  status=0
  said=$($maker "$venv" 2>&1) || status=$?
  same "$maker" 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $said")"
  [ "$status" != 0 ] || has "pip of $maker" "(python $CONTRACT_LANGUAGE_VERSION)" "$("$venv/bin/pip" --version 2>&1 | tail -n 1)"
done
rm -rf "$venv"
