#!/bin/bash
# The server itself gets the signals: no shell, no launcher in front of it.
set -euo pipefail
first=$(tr '\0' ' ' < /proc/1/cmdline)
same 'the program of process 1' /usr/bin/uwsgi "${first%% *}"
same 'the directory of process 1' "$CONTRACT_HOME/www/python/src" "$(readlink /proc/1/cwd)"
