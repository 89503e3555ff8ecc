#!/bin/bash
# A program as a tool would have it in its home: the image's own /bin/true under another name.
set -euo pipefail
program=$HOME/contract-program
cp /bin/true "$program"
chmod 0755 "$program"
status=0
"$program" || status=$?
same 'a program in the home' 'ends with 0' "ends with $status"
status=0
/bin/sh -c "exec $program" || status=$?
same 'the same by /bin/sh -c' 'ends with 0' "ends with $status"
rm "$program"
