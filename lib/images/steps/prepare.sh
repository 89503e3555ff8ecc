#!/bin/bash
# Gives the build user its two folders: what Kubernetes makes belongs to root and is writable by all, and the exporter keeps both.
set -euo pipefail
[ ! -e /work/found ] && [ ! -e /work/rebase ] || exit 0
umask 022
chown "$CNB_UID:$CNB_UID" /layers /workspace
chmod 0755 /layers /workspace
[ -z "$DESCRIPTOR" ] || printf '%s\n' "$DESCRIPTOR" >/workspace/platform-image.json
