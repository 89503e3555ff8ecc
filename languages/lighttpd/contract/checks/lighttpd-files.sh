#!/bin/bash
# What is in ~/public_html, as the server sends it: its type, and 403 for what no browser is to see.
set -euo pipefail
folder=$HOME/public_html/files
mkdir -p "$folder"

# sent FILE STATUS [TYPE]
sent() {
  echo words > "$folder/$1"
  local got
  got=$(curl --silent --max-time 10 --output /dev/null --write-out '%{http_code} %{content_type}' "http://127.0.0.1:8000/files/$1" || true)
  same "status of /files/$1" "$2" "${got%% *}"
  [ $# -lt 3 ] || same "type of /files/$1" "$3" "${got#* }"
}

sent page.html 200 text/html
sent words.txt 200 'text/plain; charset=utf-8'
sent data.json 200 'application/json; charset=utf-8'
sent program.js 200 'application/javascript; charset=utf-8'
sent picture.svg 200 image/svg+xml
sent script.tcl 200 'text/x-tcl; charset=utf-8'
sent all.tar.gz 200 application/x-gtar-compressed
sent README 200 'text/plain; charset=utf-8'
sent settings.inc 403
sent page.html~ 403
sent program.fcgi 403
[ -e /etc/toolforge-enable-php ] || sent page.php 403
[ -e /etc/toolforge-enable-perl ] || sent program.pl 403
same 'list of the files in /files/' '' "$(curl --silent --max-time 10 http://127.0.0.1:8000/files/ | grep -o -m 1 words.txt || true)"
# A link of the tool leads out of public_html.
ln -sf "$HOME/.lighttpd.conf" "$folder/linked.txt"
same 'status of a link' 200 "$(curl --silent --max-time 10 --output /dev/null --write-out '%{http_code}' http://127.0.0.1:8000/files/linked.txt)"
rm -r "$folder"
