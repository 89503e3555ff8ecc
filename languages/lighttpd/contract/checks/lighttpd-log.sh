#!/bin/bash
# The server says in ~/error.log that it has started, and writes nobody's requests down: that is for the tool to turn on.
set -euo pipefail
has "$HOME/error.log" 'server started' "$(grep -o -m 1 'server started' "$HOME/error.log" || tail -n 1 "$HOME/error.log")"
same 'files in the home with the request for /logged' '' "$(grep -l -r 'GET /logged' "$HOME"/*.log 2> /dev/null || true)"
