#!/bin/bash
# The server itself gets the signals: no shell, no launcher in front of it.
set -euo pipefail
first=$(tr '\0' ' ' < /proc/1/cmdline)
same 'the program of process 1' "$CONTRACT_PROCESS" "${first%% *}"
same 'the directory of process 1' "$CONTRACT_PROCESS_DIRECTORY" "$(readlink /proc/1/cwd)"
