#!/bin/bash
# The server listens on all IPv4 addresses, and the application is told the port.
set -euo pipefail
same PORT 8000 "${PORT:-not set}"
same TOOL_WEB_PORT 8000 "${TOOL_WEB_PORT:-not set}"
# 0A is LISTEN, 1F40 is 8000.
same 'listening on 0.0.0.0:8000 (/proc/net/tcp)' 00000000:1F40 "$(awk '$4 == "0A" && $2 ~ /:1F40$/ { print $2 }' /proc/net/tcp)"
