#!/bin/bash
# The user's name comes from the node's sssd through its pipes.
set -euo pipefail
for database in passwd group; do
  has "/etc/nsswitch.conf, line $database" sss "$(grep "^$database:" /etc/nsswitch.conf || echo "no line $database")"
done
has 'ls /lib/*/libnss_sss.so.2' libnss_sss.so.2 "$(ls /lib/*/libnss_sss.so.2 2>&1 || true)"
same "getent passwd $CONTRACT_UID" "$CONTRACT_ACCOUNT" "$(getent passwd "$CONTRACT_UID" | cut -d: -f1 || echo nothing)"
same "getent group $CONTRACT_UID" "$CONTRACT_ACCOUNT" "$(getent group "$CONTRACT_UID" | cut -d: -f1 || echo nothing)"
same whoami "$CONTRACT_ACCOUNT" "$(whoami 2>&1 || true)"
same 'id -un' "$CONTRACT_ACCOUNT" "$(id -un 2>&1 || true)"
