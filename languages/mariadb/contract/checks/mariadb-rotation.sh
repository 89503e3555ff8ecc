#!/bin/bash
# Backups are rotated by the tool itself: configuration, state and files are its own.
set -euo pipefail
work=$HOME/contract-rotation
rm -rf "$work"
mkdir "$work"
echo first > "$work/backup.sql"
printf '%s {\n  rotate 3\n  nocompress\n}\n' "$work/backup.sql" > "$work/rotation.conf"
# logrotate reads no configuration that others may write.
chmod 0644 "$work/rotation.conf"
status=0
said=$(logrotate --force --state "$work/state" "$work/rotation.conf" 2>&1) || status=$?
same 'logrotate --state in the home' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
same 'the rotated file' first "$(cat "$work/backup.sql.1" 2>&1 || true)"
has 'the state' "$work/backup.sql" "$(cat "$work/state" 2>&1 || true)"
rm -rf "$work"
