#!/bin/bash
# Removes manifests (WANTED, JSON as csb-registry reads it), and says of each what became of it.
set -euo pipefail
wanted=$(mktemp)
printf %s "$WANTED" >"$wanted"
csb-registry remove "$wanted"
