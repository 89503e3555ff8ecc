#!/bin/bash
# The server logs to ~/uwsgi.log. The routing rule of our uwsgi.ini keeps /healthz out of it; /logged came just before it.
set -euo pipefail
has "$HOME/uwsgi.log" 'GET /logged' "$(grep -o 'GET /logged' "$HOME/uwsgi.log" | tail -n 1 || echo 'no line for /logged')"
same 'uwsgi.log, lines for /healthz (route = ^/healthz donotlog:)' 0 "$(grep -c 'GET /healthz' "$HOME/uwsgi.log" || true)"
