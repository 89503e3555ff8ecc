#!/bin/bash
# A job's output goes to files in the home, by the very redirection that jobs have.
set -euo pipefail
rm -f "$HOME/contract.out" "$HOME/contract.err"
for word in one two; do
  /bin/sh -c -- "exec 1>>$HOME/contract.out;exec 2>>$HOME/contract.err;echo $word; echo no-$word >&2"
done
same "$HOME/contract.out" 'one two' "$(tr '\n' ' ' < "$HOME/contract.out" | sed 's/ $//')"
same "$HOME/contract.err" 'no-one no-two' "$(tr '\n' ' ' < "$HOME/contract.err" | sed 's/ $//')"
