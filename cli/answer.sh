#!/bin/bash
# Runs a script, the first argument, and prints what it answers on standard output, whole and last, after a line that says of how many bytes.
# Before it comes what the script says meanwhile. A pod's log is both streams, mixed as they come: here there is one.
set -euo pipefail
exec 2>&1
answer=$(mktemp)
bash -c "$1" >"$answer"
printf 'the answer: %s\n' "$(wc --bytes <"$answer")"
cat "$answer"
