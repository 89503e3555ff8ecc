#!/bin/bash
# webservice-python-bootstrap [--fresh]: ~/www/python/venv with what ~/www/python/src/requirements.txt asks for.
set -euo pipefail

usage='usage: webservice-python-bootstrap [--fresh]

Makes ~/www/python/venv, if there is none, and installs ~/www/python/src/requirements.txt into it.

  --fresh  delete the virtual environment first'

fresh=false
for argument in "$@"; do
  case $argument in
    --fresh) fresh=true ;;
    -h | --help)
      echo "$usage"
      exit 0
      ;;
    *)
      printf 'webservice-python-bootstrap: unknown argument %s\n%s\n' "$argument" "$usage" >&2
      exit 2
      ;;
  esac
done

venv=$HOME/www/python/venv
requirements=$HOME/www/python/src/requirements.txt
# Before anything is deleted.
if [ ! -f "$requirements" ]; then
  printf 'webservice-python-bootstrap: no %s\n' "$requirements" >&2
  exit 1
fi

if $fresh; then
  rm -rf "$venv"
fi
if [ ! -e "$venv" ]; then
  echo "Making $venv"
  # The path that the environment keeps for good: it outlives this image.
  /usr/bin/python3 -m venv "$venv"
fi
"$venv/bin/python3" -m pip install --upgrade pip wheel
"$venv/bin/python3" -m pip install --requirement "$requirements"
