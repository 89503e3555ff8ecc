#!/bin/bash
# In a pod of the toolbox, as the tool: a home for the candidate's pods inside of the tool's own, as a maintainer would have made it.
set -euo pipefail
umask 0022
# Of runs that came to no end, too.
find "${CONTRACT_HOME%/*}" -maxdepth 1 -name '.image-contract-*' -mmin +60 -exec rm -rf {} +
rm -rf "$CONTRACT_HOME"
mkdir "$CONTRACT_HOME"
# Homes are set-group-id: what is made in them belongs to the tool.
chmod 2775 "$CONTRACT_HOME"
# The files of the server, {path: text}.
jq -r 'keys[]' <<< "$CONTRACT_FILES" | while IFS= read -r path; do
  mkdir -p "$(dirname "$CONTRACT_HOME/$path")"
  jq -j --arg path "$path" '.[$path]' <<< "$CONTRACT_FILES" > "$CONTRACT_HOME/$path"
done
