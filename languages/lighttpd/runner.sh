#!/bin/bash
# /usr/bin/webservice-runner: lighttpd for ~/public_html as the container's first process, with what the tool has added in ~/.lighttpd.conf.
# The arguments do not matter; webservice passes --type and --port, and which language there is says the image.
set -euxo pipefail

# A UID that has no name cannot start a webservice.
USER=${USER:-$(whoami)}

export PORT=8000
export TOOL_WEB_PORT=8000

config=/tmp/lighttpd.conf

# Each setting is one that ~/.lighttpd.conf cannot make a second time with `=`: to leave one out, or to add one, is to change what tools may say there.
cat > "$config" << CONFIG
server.modules = ( "mod_setenv", "mod_access", "mod_accesslog", "mod_alias", "mod_compress", "mod_redirect", "mod_rewrite", "mod_fastcgi", "mod_cgi" )

server.port = $PORT
server.use-ipv6 = "disable"
server.event-handler = "linux-sysepoll"
server.max-connections = 300
server.username = "$USER"
server.groupname = "$USER"
server.core-files = "disable"
server.pid-file = "/tmp/lighttpd.pid"

server.errorlog = "$HOME/error.log"
server.breakagelog = "$HOME/error.log"
accesslog.use-syslog = "disable"

server.document-root = "$HOME/public_html"
server.follow-symlink = "enable"
server.stat-cache-engine = "simple"
index-file.names = ( "index.php", "index.html", "index.htm" )
server.dir-listing = "disable"
dir-listing.encoding = "utf-8"
url.access-deny = ( "~", ".inc" )
static-file.exclude-extensions = ( ".php", ".pl", ".fcgi" )
CONFIG

cat >> "$config" << 'MEDIA_TYPES'
@MEDIA_TYPES@
MEDIA_TYPES

if [ -f /etc/toolforge-enable-php ]; then
  cat >> "$config" << 'PHP'
fastcgi.server += ( ".php" => ((
  "bin-path" => "/usr/bin/php-cgi",
  "socket" => "/tmp/lighttpd-php.sock",
  "max-procs" => 2,
  "bin-environment" => ( "PHP_FCGI_CHILDREN" => "2", "PHP_FCGI_MAX_REQUESTS" => "500" ),
  "broken-scriptfilename" => "enable",
  "allow-x-send-file" => "enable"
)))
PHP
fi

if [ -f /etc/toolforge-enable-perl ]; then
  cat >> "$config" << 'PERL'
cgi.assign = ( ".pl" => "/usr/bin/perl" )
PERL
fi

if [ -f "$HOME/.lighttpd.conf" ]; then
  cat "$HOME/.lighttpd.conf" >> "$config"
fi

exec /usr/sbin/lighttpd -f "$config" -D
