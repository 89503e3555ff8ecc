#!/bin/bash
# The roots are where every program looks for them, and curl verifies by them: the cluster's own API is signed by nobody known.
set -euo pipefail
atLeast 'certificates in /etc/ssl/certs/ca-certificates.crt' 100 "$(grep -c 'BEGIN CERTIFICATE' /etc/ssl/certs/ca-certificates.crt || true)"
[ -n "$CONTRACT_TOOLS" ] || exit 0 # without curl
status=0
said=$(curl --silent --show-error --max-time 10 --output /dev/null https://kubernetes.default.svc/ 2>&1) || status=$?
same 'curl https://kubernetes.default.svc/ (60: the issuer is in no list; 77: there is no list)' 60 "$status$([ "$status" = 60 ] || echo ": $said")"
