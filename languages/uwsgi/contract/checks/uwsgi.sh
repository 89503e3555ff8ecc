#!/bin/bash
# The server with its Python plugin, which refuses options that it does not know.
set -euo pipefail
has '/usr/bin/uwsgi --version' 2. "$(/usr/bin/uwsgi --version 2>&1 || true)"
printf '[uwsgi]\nno-such-option = 1\n' > "$HOME/unknown.ini"
status=0
said=$(timeout 10 /usr/bin/uwsgi --plugin python3 --strict --ini "$HOME/unknown.ini" 2>&1) || status=$?
rm "$HOME/unknown.ini"
has 'uwsgi --plugin python3 --strict with an unknown option' 'unknown config directive: no-such-option' "$(tail -n 1 <<< "$said")"
same 'it then' 'ends with 1' "ends with $status"
