#!/bin/bash
# Prints the report that is attested for an image.
set -euo pipefail
exec csb-registry report --environment "$ENVIRONMENT" "$IMAGE"
