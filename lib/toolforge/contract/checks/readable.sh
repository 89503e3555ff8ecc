#!/bin/bash
# The pod's user may read and run all that is in the image. In one pod of each tool: every pod of a tool has the same image and the same user.
set -euo pipefail
closed=$(find /usr /opt /layers /cnb /etc/alternatives /etc/profile.d /etc/ssl/certs -xdev \
  \( ! -type l ! -readable -o -type d ! -executable \) -printf '%M %u:%g %p\n' 2> /dev/null | head -n 3) || true
same "files of the image that UID $CONTRACT_UID cannot read" '' "$closed"
