#!/bin/bash
# /usr/bin/webservice-runner: `npm start` of ~/www/js as the container's first process.
# The arguments do not matter; webservice passes --type and --port, and there are many old names of types.
set -euo pipefail

export PORT=8000
export TOOL_WEB_PORT=8000

cd "$HOME/www/js"
set -x
exec /usr/bin/npm start
