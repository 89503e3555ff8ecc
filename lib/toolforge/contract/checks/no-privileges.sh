#!/bin/bash
# No capability, no way to one, system calls filtered: under this all other checks of the pod have passed.
set -euo pipefail
of() { sed -n "s/^$1:[[:space:]]*//p" /proc/self/status; }
same 'CapEff of /proc/self/status' 0000000000000000 "$(of CapEff)"
same 'CapBnd of /proc/self/status' 0000000000000000 "$(of CapBnd)"
same 'NoNewPrivs of /proc/self/status' 1 "$(of NoNewPrivs)"
same 'Seccomp of /proc/self/status' 2 "$(of Seccomp)"
