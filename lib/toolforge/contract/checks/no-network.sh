#!/bin/bash
# This pod's name server is dead. Were it not, what runs here would prove nothing; and programs still start at once.
set -euo pipefail
status=0
timeout 30 getent hosts kubernetes.default.svc > /dev/null || status=$?
same 'getent hosts kubernetes.default.svc with a dead name server' 'no answer' "$([ "$status" = 0 ] && echo 'an answer' || echo 'no answer')"
started=$SECONDS
/bin/bash -lc : > /dev/null 2>&1 < /dev/null
[ -z "$CONTRACT_TOOLS" ] || git --version > /dev/null
id > /dev/null
/bin/bash -c "$CONTRACT_START"
atMost 'seconds for bash -lc, git where it is promised, id and what starts the language' 5 $((SECONDS - started))
