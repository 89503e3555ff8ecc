#!/bin/bash
# /usr/bin/webservice-runner --type X --port N COMMAND...: the command as the container's first process.
set -euo pipefail

export PORT=8000
export TOOL_WEB_PORT=8000

# Only the first of each is webservice's own, the others belong to the command. The values do not matter: old names of types stay valid.
dropped=' '
command=()
while [ $# -gt 0 ]; do
  case $1 in
    --type | --port)
      if [[ $dropped != *" $1 "* ]]; then
        dropped+="$1 "
        shift
        [ $# -eq 0 ] || shift
        continue
      fi
      ;;
  esac
  command+=("$1")
  shift
done

# Without a command this is no command either: the script ends with 0, as it always has.
set -x
exec "${command[@]}"
