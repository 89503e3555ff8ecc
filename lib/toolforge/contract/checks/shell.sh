#!/bin/bash
# A login shell as `webservice shell` starts it, whose PATH comes from /etc/profile and not from the image's environment.
set -euo pipefail
has 'flags of the shell' i "${CONTRACT_SHELL_FLAGS:-none}"
same 'shopt login_shell' 'shopt -s login_shell' "${CONTRACT_SHELL_LOGIN:-none}"
for program in sh bash ${CONTRACT_TOOLS:+git vim} $CONTRACT_PROGRAMS; do
  has "command -v $program, PATH=$PATH" / "$(command -v "$program" || echo nothing)"
done
