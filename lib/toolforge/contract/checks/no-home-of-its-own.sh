#!/bin/bash
# A pod without mounts is given no HOME. What the runtime then sets for a user whom nobody knows is /; anything else is the image's.
set -euo pipefail
same HOME / "${HOME:-not set}"
