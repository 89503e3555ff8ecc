#!/bin/bash
# Moves public tags to an image that has no contract to pass.
set -euo pipefail
exec csb-registry publish --tags "$TAGS" --before "$BEFORE" --lease-namespace "$NAMESPACE" --api /api \
  --result "$PROMOTED_RESULT" --digest-result "$DIGEST_RESULT" "$IMAGE"
