#!/bin/bash
# Says what REPOSITORIES, one a line, have: a line of JSON each.
set -euo pipefail
mapfile -t all <<<"$REPOSITORIES"
csb-registry inventory "${all[@]}"
