#!/bin/bash
# /usr/bin/webservice-runner: uWSGI for the application in ~/www/python/src as the container's first process.
# The arguments do not matter; webservice passes --type and --port, and there are many old names of types.
set -euxo pipefail

# Not used below: a UID that has no name cannot start a webservice, and the name is in the log.
USER=${USER:-$(whoami)}

export PORT=8000
export TOOL_WEB_PORT=8000

options=(
  --plugin python3
  --http-socket ":$PORT"
  --chdir "$HOME/www/python/src"
  --logto "$HOME/uwsgi.log"
  --callable app
  --manage-script-name
  --workers 4
  --wsgi-file app.py
  --die-on-term
  --strict
  --master
)
if [ -d "$HOME/www/python/venv" ]; then
  options+=(--venv "$HOME/www/python/venv")
fi
for ini in "$HOME/www/python/uwsgi.ini" "$HOME/www/python/src/uwsgi.ini"; do
  if [ -f "$ini" ]; then
    options+=(--ini "$ini")
    break
  fi
done

exec /usr/bin/uwsgi "${options[@]}"
