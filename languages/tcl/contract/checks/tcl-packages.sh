#!/bin/bash
# Exactly this minor version, and every library loads. The headers of FastCGI are there, and no compiler; and Python.
set -euo pipefail
# shellcheck disable=SC2016 # Tcl's own
same 'puts $tcl_version' "$CONTRACT_LANGUAGE_VERSION" "$(echo 'puts $tcl_version' | /usr/bin/tclsh 2>&1 || true)"
missing=()
for library in Thread tls Trf TclCurl tdom mysqltcl struct::list json; do
  [ "$(echo "package require $library; puts there" | /usr/bin/tclsh 2>&1 | tail -n 1)" = there ] || missing+=("$library")
done
same 'libraries that cannot be loaded' '' "${missing[*]}"
same /usr/include/fcgi_stdio.h there "$([ -r /usr/include/fcgi_stdio.h ] && echo there || echo missing)"
same 'a C compiler' none "$(command -v cc gcc || echo none)"
has 'python3 -V' 'Python 3.' "$(python3 -V 2>&1 || true)"
