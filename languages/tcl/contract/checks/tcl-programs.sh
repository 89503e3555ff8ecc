#!/bin/bash
# A server of our own, whose configuration is that of a tool in Tcl: it starts one program and keeps it, and runs another for each request.
set -euo pipefail
home=$HOME/tcl-home
mkdir -p "$home/public_html"
echo 'the page' > "$home/public_html/index.html"
cat > "$home/public_html/program.tcl" << 'TCL'
puts "Content-Type: text/plain\r\n\r"
puts "Tcl $tcl_version asked for $env(QUERY_STRING)"
TCL
# Whoever starts it has given it the socket of its requests as standard input.
cat > "$home/kept.tcl" << 'TCL'
#!/usr/bin/tclsh
set said [open $env(HOME)/kept w]
puts $said "$tcl_version $env(TOOL_CONTRACT_WORDS)"
close $said
vwait forever
TCL
chmod +x "$home/kept.tcl"
cat > "$home/.lighttpd.conf" << CONFIG
cgi.assign += ( ".tcl" => "/usr/bin/tclsh" )
fastcgi.server += ( "/kept" => (( "bin-path" => "$home/kept.tcl", "socket" => "/tmp/kept.sock", "check-local" => "disable", "max-procs" => 1 )))
CONFIG
HOME=$home /usr/bin/webservice-runner --type lighttpd-plain --port 8000 > "$home/said" 2>&1 &
server=$!
for _ in {1..50}; do
  ! curl --silent --output /dev/null --max-time 5 http://127.0.0.1:8000/ || break
  sleep 0.1
done
same 'GET /' 'the page' "$(curl --silent --max-time 10 http://127.0.0.1:8000/ || grep -v '^+' "$home/said" || true)"
same 'GET /program.tcl?words, by CGI' "Tcl $CONTRACT_LANGUAGE_VERSION asked for words" "$(curl --silent --max-time 10 'http://127.0.0.1:8000/program.tcl?words' || true)"
# shellcheck disable=SC2016 # the value has a dollar in it
same 'what the program that FastCGI has started says' "$CONTRACT_LANGUAGE_VERSION it's \"two\" "'$words \ here' "$(cat "$home/kept" 2>&1 || true)"
kill -TERM "$server" || true
wait "$server" 2> /dev/null || true
rm -rf "$home"
