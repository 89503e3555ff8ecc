#!/bin/bash
# People look in the pod's log for how their server was started.
set -euo pipefail
has "the pod's log" "+ exec $CONTRACT_TRACE" "$(grep -F '+ exec ' "$POD_LOG" || tail -n 2 "$POD_LOG")"
