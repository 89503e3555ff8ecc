#!/bin/bash
# New files belong to the tool, with its group from the home's set-group-id bit, readable for others.
set -euo pipefail
same umask 0022 "$(umask)"
rm -rf "$HOME/contract-new"
mkdir "$HOME/contract-new"
touch "$HOME/contract-new/file"
same 'stat of a new directory in the home' "2755 $CONTRACT_UID:$CONTRACT_UID" "$(stat -c '%a %u:%g' "$HOME/contract-new")"
same 'stat of a new file in it' "644 $CONTRACT_UID:$CONTRACT_UID" "$(stat -c '%a %u:%g' "$HOME/contract-new/file")"
rm -r "$HOME/contract-new"
