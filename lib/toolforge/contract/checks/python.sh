#!/bin/bash
# Exactly this minor version, by both names that existing environments and shebangs use, with its modules.
set -euo pipefail
for program in /usr/bin/python3 "/usr/bin/python$CONTRACT_PYTHON"; do
  has "$program -V" "Python $CONTRACT_PYTHON." "$("$program" -V 2>&1 || true)"
done
same 'sysconfig SOABI' "cpython-${CONTRACT_PYTHON/./}-x86_64-linux-gnu" \
  "$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_config_var("SOABI"))' 2>&1 | tail -n 1)"
missing=()
for module in bz2 ctypes curses hashlib lzma readline sqlite3 ssl uuid zlib; do
  [ "$(/usr/bin/python3 -c "import $module; print('there')" 2>&1 | tail -n 1)" = there ] || missing+=("$module")
done
same 'modules that cannot be imported' '' "${missing[*]}"
same 'TLS roots of Python (more than 100)' True \
  "$(/usr/bin/python3 -c 'import ssl; print(ssl.create_default_context().cert_store_stats()["x509_ca"] > 100)' 2>&1 | tail -n 1)"
