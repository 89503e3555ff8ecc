#!/bin/bash
# A server that has started has written into its home and /tmp only.
set -euo pipefail
# shellcheck disable=SC2185 # all of the root file system, of one device
written=$(find / -xdev -user "$CONTRACT_UID" ! -path '/tmp/*' ! -path "$CONTRACT_HOME*" -print 2> /dev/null | head -n 3) || true
same "files of UID $CONTRACT_UID in the root file system outside of /tmp" '' "$written"
