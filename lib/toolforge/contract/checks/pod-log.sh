#!/bin/bash
# Nothing stands between the tool's program and the pod's log.
set -euo pipefail
has "the pod's log" 'GET /logged' "$(grep -o 'GET /logged' "$POD_LOG" | tail -n 1 || echo 'no line for /logged')"
