#!/bin/bash
# Java has its own keystore, which Debian fills from the roots of all others.
set -euo pipefail
atLeast 'roots in /etc/ssl/certs/java/cacerts' 100 \
  "$(keytool -list -keystore /etc/ssl/certs/java/cacerts -storepass changeit 2> /dev/null | grep -c trustedCertEntry || true)"
same 'the keystore of java.home' /etc/ssl/certs/java/cacerts \
  "$(readlink -f "/usr/lib/jvm/java-$CONTRACT_LANGUAGE_VERSION-openjdk-amd64/lib/security/cacerts")"
