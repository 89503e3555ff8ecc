#!/bin/bash
# Runs the buildpacks: without credentials, without a token.
set -euo pipefail
umask 022
exec /cnb/lifecycle/builder
