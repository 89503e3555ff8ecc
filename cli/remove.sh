#!/bin/bash
# Removes manifests (WANTED, JSON as csb-registry reads it), each repository's under its lease (in NAMESPACE), and says of each what became of it.
set -euo pipefail
file=$(mktemp)
printf %s "$WANTED" >"$file"
csb-registry remove --lease-namespace "$NAMESPACE" --api /api "$file"
