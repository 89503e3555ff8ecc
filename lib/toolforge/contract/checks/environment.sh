#!/bin/bash
# What the pod's environment says arrives unchanged, through the shell's profile and through the runner.
set -euo pipefail
same HOME "$CONTRACT_HOME" "$HOME"
same TOOL_DATA_DIR "${CONTRACT_HOME%/*}" "${TOOL_DATA_DIR:-not set}"
# shellcheck disable=SC2016 # the value has a dollar in it
same TOOL_CONTRACT_WORDS 'it'\''s "two" $words \ here' "${TOOL_CONTRACT_WORDS:-not set}"
