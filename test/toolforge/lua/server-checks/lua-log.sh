#!/bin/bash
# Its server writes a file of its own.
set -euo pipefail
has "$HOME/lua.log" 'GET /logged' "$(grep -o 'GET /logged' "$HOME/lua.log" | tail -n 1 || echo 'no line for /logged')"
