#!/bin/bash
# ~/www/python/src/app.py runs in the interpreter of ~/www/python/venv when that is there, otherwise in the image's.
set -euo pipefail
has 'sys.version of the application' "$CONTRACT_LANGUAGE_VERSION." "${CONTRACT_APP_VERSION:-not set}"
if [ -d "$HOME/www/python/venv" ]; then
  same 'sys.prefix of the application' "$HOME/www/python/venv" "${CONTRACT_APP_PREFIX:-not set}"
else
  same 'an environment, although there is none' False "${CONTRACT_APP_IN_VENV:-not set}"
fi
