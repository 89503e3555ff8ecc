#!/bin/bash
# In a pod of the toolbox, as the tool: nothing stays in the tool's home.
set -euo pipefail
rm -rf "$CONTRACT_HOME"
