#!/bin/bash
# Prints those of REFERENCES, one a line, that the registry has.
set -euo pipefail
while read -r reference; do
  digest=$(csb-registry digest "$reference")
  [ -z "$digest" ] || echo "$reference"
done <<<"$REFERENCES"
