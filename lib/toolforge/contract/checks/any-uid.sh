#!/bin/bash
# The pod's user is the tool, and the image knows nothing of it.
set -euo pipefail
same 'id -u, id -g' "$CONTRACT_UID $CONTRACT_UID" "$(id -u) $(id -g)"
same "a line for $CONTRACT_UID in the image's /etc/passwd" none "$(grep "^[^:]*:[^:]*:$CONTRACT_UID:" /etc/passwd || echo none)"
