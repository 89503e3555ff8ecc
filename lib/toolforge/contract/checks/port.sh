#!/bin/bash
# The server listens on all IPv4 addresses, and the application is told the port.
set -euo pipefail
same PORT 8000 "${PORT:-not set}"
same TOOL_WEB_PORT 8000 "${TOOL_WEB_PORT:-not set}"
# 0A is LISTEN, 1F40 is 8000. Java listens on [::], which takes what comes for IPv4 as well.
listening=$(awk '$4 == "0A" && $2 ~ /:1F40$/ { print $2 }' /proc/net/tcp /proc/net/tcp6)
[ "$listening" != 00000000000000000000000000000000:1F40 ] || listening=00000000:1F40
same 'listening on 0.0.0.0:8000 or [::]:8000 (/proc/net/tcp, /proc/net/tcp6)' 00000000:1F40 "$listening"
