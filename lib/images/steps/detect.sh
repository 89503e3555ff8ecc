#!/bin/bash
# Finds the buildpacks whose parts the descriptor wants.
set -euo pipefail
umask 022
exec /cnb/lifecycle/detector
