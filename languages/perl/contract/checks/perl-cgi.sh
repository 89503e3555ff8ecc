#!/bin/bash
# A program ending in .pl is run by /usr/bin/perl, whatever its first line and mode say. CGI tells it of the request, and nothing of the pod.
set -euo pipefail
program=$HOME/public_html/told.pl
cat > "$program" << 'PERL'
print "Content-Type: text/plain\r\n\r\n";
print "perl=$^X\nuid=$<\nquery=$ENV{QUERY_STRING}\n";
print "told=", join(' ', sort grep { /^(?:TOOL_|CONTRACT_|HOME$|PORT$)/ } keys %ENV), "\n";
PERL
chmod 0644 "$program"
told=$(curl --silent --max-time 10 --write-out 'status=%{http_code}\n' 'http://127.0.0.1:8000/told.pl?q=1' || true)
of() { sed -n "s/^$1=//p" <<< "$told"; }
same 'status of /told.pl' 200 "$(of status)"
same 'the program that runs it' /usr/bin/perl "$(of perl)"
same 'the user that runs it' "$CONTRACT_UID" "$(of uid)"
same 'the query' q=1 "$(of query)"
same 'what it knows of the environment of the pod' '' "$(of told)"
rm "$program"
