#!/bin/bash
# A page names a file, and the server sends it in its place.
set -euo pipefail
echo 'sent by the server' > "$HOME/sent.txt"
# shellcheck disable=SC2016 # PHP's own
echo '<?php header("X-Sendfile: " . getenv("HOME") . "/sent.txt"); echo "sent by the page";' > "$HOME/public_html/send.php"
same 'the answer of a page with X-Sendfile' 'sent by the server' "$(curl --silent --max-time 10 http://127.0.0.1:8000/send.php || true)"
rm "$HOME/sent.txt" "$HOME/public_html/send.php"
