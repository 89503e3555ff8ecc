#!/bin/bash
# Kubernetes kills after 30 seconds what does not end by SIGTERM.
set -euo pipefail
atMost 'seconds from deleting the pod until it was gone' 20 "$POD_STOPPED_AFTER"
