#!/bin/bash
# Kubernetes kills after 30 seconds what does not end by SIGTERM, and its code is then that of SIGKILL. Seconds from outside would be those of the node, too.
set -euo pipefail
case $POD_EXIT_CODE in
  137) differs 'the end of the server, 30 seconds after SIGTERM' 'by itself' 'killed' ;;
  none) differs 'the end of the server, by SIGTERM' 'an exit code' 'none: it had ended before' ;;
esac
