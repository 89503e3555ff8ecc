#!/bin/bash
# Moves public tags to an image that passed its contract, or to what it is pinned to (lib/registry/program/internal/promotion).
set -euo pipefail
exec csb-registry promote --environment "$ENVIRONMENT" --contract "$CONTRACT_VERSION" --family "$FAMILY" --pin "$PIN" \
  --tags "$TAGS" --before "$BEFORE" --lease-namespace "$NAMESPACE" --api /api \
  --result "$PROMOTED_RESULT" --digest-result "$DIGEST_RESULT" "$IMAGE"
