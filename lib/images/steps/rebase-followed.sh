#!/bin/bash
# Puts what is public of the images that follow branches on another run image, those that are declared on it, and makes that public: all in one
# process. What has to be built instead is told, and left to what follows branches.
set -euo pipefail
csb-registry rebase-followed --run-image "$RUN_IMAGE" --platform-api "$CNB_PLATFORM_API" --followed "$FOLLOWED" --tag "$TAG" \
  --lease-namespace "$NAMESPACE" --api /api --result /tmp/counts
jq --join-output 'if .rebased > 0 then "rebased" else "found" end' /tmp/counts >"$MADE_RESULT"
