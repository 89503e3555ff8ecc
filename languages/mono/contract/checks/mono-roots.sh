#!/bin/bash
# Mono does not read /etc/ssl/certs: its store is filled by the trigger of a package.
set -euo pipefail
store=/usr/share/.mono/certs/Trust
roots=("$store"/*.cer)
atLeast "roots in $store" 100 "${#roots[@]}"
same 'roots by the name DST Root CA X3, which expired in 2021' '' "$(grep -l 'DST Root CA X3' "${roots[@]}" 2> /dev/null || true)"
