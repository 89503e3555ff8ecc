#!/bin/bash
# /tmp is everyone's; the root file system is not read-only.
set -euo pipefail
same 'stat /tmp' 'drwxrwxrwt root' "$(stat -c '%A %U' /tmp)"
for place in /tmp /var/tmp; do
  file=$(mktemp "$place/contract.XXXXXX" 2>&1) || true
  has "mktemp $place/contract.XXXXXX" "$place/contract." "$file"
  rm -f "$file"
done
same 'options of the mount /' rw "$(awk '$2 == "/" { split($4, option, ","); print option[1] }' /proc/mounts)"
