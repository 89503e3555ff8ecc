#!/bin/bash
# The pod's user is the tool, the image knows nothing of it, and it may read and run all that is in the image.
set -euo pipefail
same 'id -u, id -g' "$CONTRACT_UID $CONTRACT_UID" "$(id -u) $(id -g)"
same "a line for $CONTRACT_UID in the image's /etc/passwd" none "$(grep "^[^:]*:[^:]*:$CONTRACT_UID:" /etc/passwd || echo none)"
closed=$(find /usr /opt /layers /cnb /etc/alternatives /etc/profile.d /etc/ssl/certs -xdev \
  \( ! -type l ! -readable -o -type d ! -executable \) -printf '%M %u:%g %p\n' 2> /dev/null | head -n 3) || true
same "files of the image that UID $CONTRACT_UID cannot read" '' "$closed"
