#!/bin/bash
# What of the standard library is compiled, each loaded.
set -euo pipefail
missing=()
for library in openssl readline socket json psych zlib digest; do
  [ "$(/usr/bin/ruby -e "require '$library'; puts 'there'" 2>&1 | tail -n 1)" = there ] || missing+=("$library")
done
same 'libraries that cannot be loaded' '' "${missing[*]}"
same 'the roots of OpenSSL' /usr/lib/ssl/certs "$(/usr/bin/ruby -ropenssl -e 'puts OpenSSL::X509::DEFAULT_CERT_DIR' 2>&1 | tail -n 1)"
