#!/bin/bash
# A page is run by one of two processes with two children each, which live for 500 requests and know what the pod was told.
set -euo pipefail
page=$HOME/public_html/told.php
cat > "$page" << 'PHP'
<?php
foreach (['PHP_FCGI_CHILDREN', 'PHP_FCGI_MAX_REQUESTS', 'HOME', 'TOOL_CONTRACT_WORDS'] as $name) echo $name, '=', getenv($name), "\n";
echo 'sapi=', PHP_SAPI, "\n", 'file=', $_SERVER['SCRIPT_FILENAME'], "\n", 'query=', $_GET['q'] ?? '', "\n";
PHP
told=$(curl --silent --max-time 10 'http://127.0.0.1:8000/told.php?q=a%20b' || true)
of() { sed -n "s/^$1=//p" <<< "$told"; }
same 'PHP_SAPI' cgi-fcgi "$(of sapi)"
same PHP_FCGI_CHILDREN 2 "$(of PHP_FCGI_CHILDREN)"
same PHP_FCGI_MAX_REQUESTS 500 "$(of PHP_FCGI_MAX_REQUESTS)"
same 'HOME in a page' "$CONTRACT_HOME" "$(of HOME)"
# shellcheck disable=SC2016 # the value has a dollar in it
same 'TOOL_CONTRACT_WORDS in a page' 'it'\''s "two" $words \ here' "$(of TOOL_CONTRACT_WORDS)"
same 'SCRIPT_FILENAME' "$page" "$(of file)"
same 'the query' 'a b' "$(of query)"
same 'sockets of FastCGI in /tmp' '/tmp/lighttpd-php.sock-0 /tmp/lighttpd-php.sock-1' "$(echo /tmp/lighttpd-php.sock*)"
same 'processes of php-cgi' 6 "$(pgrep -c -x php-cgi || true)"
same 'status of a page that is not there' 404 "$(curl --silent --max-time 10 --output /dev/null --write-out '%{http_code}' http://127.0.0.1:8000/none.php || true)"
rm "$page"
