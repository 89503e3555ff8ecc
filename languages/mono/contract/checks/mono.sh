#!/bin/bash
# This version.
set -euo pipefail
has '/usr/bin/mono --version' "version $CONTRACT_LANGUAGE_VERSION." "$(/usr/bin/mono --version 2>&1 | head -n 1)"
