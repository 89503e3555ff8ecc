#!/bin/bash
# What webservice names in `command:`.
set -euo pipefail
found='not executable'
[ ! -x /usr/bin/webservice-runner ] || found=executable
same /usr/bin/webservice-runner executable "$found"
