#!/bin/bash
# Rails compiles assets by node and yarn, which Debian calls yarnpkg.
set -euo pipefail
has '/usr/bin/node --version' v "$(/usr/bin/node --version 2>&1 || true)"
has '/usr/bin/yarn --version' . "$(/usr/bin/yarn --version 2>&1 | tail -n 1)"
