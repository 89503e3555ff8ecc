#!/bin/bash
# Asks the registry for the address. Found: the steps that follow have nothing to do.
set -euo pipefail
# shellcheck source=SCRIPTDIR/registry.sh
. registry.sh
digest=$(current "$IMAGE")
if [ -n "$digest" ]; then
  printf %s "$digest" >/work/found
  echo "$IMAGE is in the registry already: $digest"
else
  echo "$IMAGE is not in the registry yet"
fi
