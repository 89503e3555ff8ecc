#!/bin/bash
# Gives the build user its folders: what Kubernetes makes belongs to root and is writable by all, and the exporter keeps both.
set -euo pipefail
umask 022
[ -z "$DESCRIPTOR" ] || printf '%s\n' "$DESCRIPTOR" >/workspace/platform-image.json
folders=(/layers /workspace /sealed/layers /sealed/workspace)
chmod 0755 "${folders[@]}"
chown "$CNB_UID:$CNB_UID" "${folders[@]}"
