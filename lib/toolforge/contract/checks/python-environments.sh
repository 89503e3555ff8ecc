#!/bin/bash
# New environments, without any network, by both programs.
set -euo pipefail
for maker in 'python3 -m venv' virtualenv; do
  venv=$HOME/new-venv
  rm -rf "$venv"
  same "$maker" '' "$($maker "$venv" > "$HOME/new-venv.log" 2>&1 || tail -n 2 "$HOME/new-venv.log")"
  has "pip of $maker" "(python $CONTRACT_PYTHON)" "$("$venv/bin/pip" --version 2>&1 | tail -n 1 || true)"
done
rm -rf "$HOME/new-venv" "$HOME/new-venv.log"
