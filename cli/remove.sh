#!/bin/bash
# Removes manifests (WANTED, JSON as csb-registry reads it), and says of each what became of it.
set -euo pipefail
file=$(mktemp)
printf %s "$WANTED" >"$file"
csb-registry remove "$file"
