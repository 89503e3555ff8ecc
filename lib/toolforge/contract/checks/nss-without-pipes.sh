#!/bin/bash
# Without the pipes a name cannot be known, and whoever asks is told so at once.
set -euo pipefail
started=$SECONDS
status=0
timeout 20 getent passwd "$CONTRACT_UID" > /dev/null || status=$?
same "getent passwd $CONTRACT_UID without /var/lib/sss/pipes" 'ends with 2' "ends with $status"
atMost 'seconds for that' 3 $((SECONDS - started))
same 'getent passwd root without pipes' root "$(timeout 20 getent passwd root | cut -d: -f1 || echo nothing)"
