#!/bin/bash
# What tools have in ~/.lighttpd.conf, each line with a server of its own: whether that serves, or ends. lighttpd itself decides that, of what the
# runner has set before, so it differs between releases.
set -euo pipefail
version=$(/usr/sbin/lighttpd -v | sed -n 's|^lighttpd/\([0-9.]*\).*|\1|p')
old=no
[ "$version" != 1.4.59 ] || old=yes
perl=no
[ ! -e /etc/toolforge-enable-perl ] || perl=yes
home=$HOME/configurations
said=$HOME/configurations.said
mkdir -p "$home/public_html"
echo page > "$home/public_html/index.html"
echo page > "$home/public_html/a.html"

# serves LINE: starts the server with this line; what it comes to.
serves() {
  local server answer='neither serves nor ends' attempt
  printf '%s\n' "$1" > "$home/.lighttpd.conf"
  HOME=$home USER=tool /usr/bin/webservice-runner --type lighttpd --port 8000 > "$said" 2>&1 &
  server=$!
  for attempt in {1..200}; do
    if curl --silent --output /dev/null --max-time 5 "http://127.0.0.1:8000/a.html?$attempt"; then
      answer=serves
      break
    fi
    if ! kill -0 "$server" 2> /dev/null; then
      answer=ends
      break
    fi
    sleep 0.1
  done
  ! kill -TERM "$server" 2> /dev/null || true
  wait "$server" 2> /dev/null || true
  echo "$answer"
}

# with LINE serves|ends [WORDS]: and the words that it ends with.
with() {
  same "a server with $1" "$2" "$(serves "$1")"
  [ $# -lt 3 ] || has "its words with $1" "$3" "$(grep -v '^+' "$said" | tr '\n' ' ')"
}

with '' serves
# Twice in the same place: sockets and files of the first are no hindrance.
with '' serves
with 'server.modules = ( "mod_cgi" )' ends 'Duplicate config variable'
with 'server.document-root = "/tmp"' ends 'Duplicate config variable'
with 'server.modules += ( "mod_cgi", "mod_status" )' serves
with 'server.modules := ( "mod_access", "mod_fastcgi", "mod_cgi", "mod_rewrite" )' serves
with 'fastcgi.server := ()' serves
with 'cgi.assign += ( ".sh" => "/bin/sh" )' serves
with 'cgi.assign = ( ".sh" => "/bin/sh" )' "$([ "$perl" = yes ] && echo ends || echo serves)"
with 'mimetype.assign += ( ".contract" => "text/plain" )' serves
with 'mimetype.assign += ( ".html" => "text/plain" )' ends
with 'ssl.engine = "disable"' "$([ "$old" = yes ] && echo serves || echo ends)"
with 'compress.filetype = ( "text/plain" )' "$([ "$old" = yes ] && echo ends || echo serves)"
with 'deflate.mimetypes = ( "text/plain" )' serves
with 'accesslog.filename = env.HOME + "/access.log"' serves
has "$home/access.log, which a tool has turned on" 'GET /a.html' "$(cat "$home/access.log" 2>&1 || true)"
rm -r "$home" "$said"
