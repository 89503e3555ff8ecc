#!/bin/sh
# In a plain Debian, as the tool, with a network of its own, so that port 8000 is free: what a maintainer has done, and what the server answers.
set -eu
cd "$HOME"
if [ -d src ]; then
  (cd src && perl Makefile.PL INSTALL_BASE="$HOME/perl5" && make install) > build.log 2>&1
fi
/usr/bin/webservice-runner --type lighttpd --port 8000 > /tmp/trace 2>&1 &
# shellcheck disable=SC2086 # a word for each path
perl /tmp/ask.pl http://127.0.0.1:8000 $PATHS
kill "$!"
wait "$!" || true
