#!/bin/bash
# The second server of this home found nothing of the first one in its way and went on with its log.
set -euo pipefail
atLeast "starts in $HOME/error.log" 2 "$(grep -c 'server started' "$HOME/error.log" || true)"
