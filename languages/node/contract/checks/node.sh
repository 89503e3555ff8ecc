#!/bin/bash
# This version by its paths, and the number by which compiled addons in homes say for which Node they are.
set -euo pipefail
case $CONTRACT_LANGUAGE_VERSION in
  12) abi=72 ;;
  16) abi=93 ;;
  18) abi=108 ;;
  20) abi=115 ;;
  *) abi=unknown ;;
esac
has '/usr/bin/node --version' "v$CONTRACT_LANGUAGE_VERSION." "$(/usr/bin/node --version 2>&1 || true)"
same 'process.versions.modules' "$abi" "$(/usr/bin/node -p process.versions.modules 2>&1 | tail -n 1)"
same '/usr/bin/nodejs' "$(readlink -f /usr/bin/node)" "$(readlink -f /usr/bin/nodejs)"
for program in npm yarn; do
  has "/usr/bin/$program --version" . "$("/usr/bin/$program" --version 2>&1 | tail -n 1)"
done
