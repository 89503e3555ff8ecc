#!/bin/bash
# In front of every check: how it says that something is not as it has to be. A check goes on after that, so that one run tells all.
set -euo pipefail

differs() {
  local words=() word
  for word in "$@"; do
    # One line, fields apart by tabs, whatever a program has printed.
    word=${word//[$'\t\n\r']/ }
    words+=("${word:0:300}")
  done
  printf '@differs\t%s\t%s\t%s\n' "${words[0]}" "${words[1]:-(nothing)}" "${words[2]:-(nothing)}"
}
same() { [ "$2" = "$3" ] || differs "$1" "$2" "$3"; }
has() { [[ $3 == *"$2"* ]] || differs "$1" "... $2 ..." "$3"; }
atLeast() { [ "$3" -ge "$2" ] || differs "$1" "at least $2" "$3"; }
atMost() { [ "$3" -le "$2" ] || differs "$1" "at most $2" "$3"; }
