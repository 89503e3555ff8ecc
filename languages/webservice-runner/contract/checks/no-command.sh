#!/bin/bash
# A webservice that was started without a command ends, as it always has.
set -euo pipefail
status=0
/usr/bin/webservice-runner --type generic --port 8000 > /dev/null 2>&1 || status=$?
same '/usr/bin/webservice-runner --type generic --port 8000' 'ends with 0' "ends with $status"
