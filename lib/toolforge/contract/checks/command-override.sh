#!/bin/bash
# `command:` takes the place of the image's ENTRYPOINT, so nothing may come from a launcher: not a process, not PATH.
set -euo pipefail
first=$(tr '\0' ' ' < /proc/1/cmdline)
same 'start of the command line of process 1' '/bin/sh -c -- ' "${first:0:14}"
for program in bash ${CONTRACT_TOOLS:+git make} $CONTRACT_PROGRAMS; do
  has "/bin/sh -c -- 'command -v $program', PATH=$PATH" / "$(/bin/sh -c -- "command -v $program" || echo nothing)"
done
