#!/bin/bash
# From outside of the pod, by its address: the application in the home answers on port 8000.
set -euo pipefail
same 'status of GET / on port 8000 of the pod' 200 "$(curl --silent --max-time 10 --output /dev/null --write-out '%{http_code}' "$POD_URL/" || true)"
same 'answer of GET / on port 8000 of the pod' 'the contract' "$(curl --silent --max-time 10 "$POD_URL/" || true)"
