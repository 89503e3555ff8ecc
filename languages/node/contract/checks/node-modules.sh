#!/bin/bash
# Debian's Node looks into /usr/share/nodejs, where Debian's packages have modules; one that a layer brings does not.
set -euo pipefail
if [ "$CONTRACT_LANGUAGE_VERSION" = 16 ]; then
  same 'Module.globalPaths has /usr/share/nodejs' false "$(/usr/bin/node -p 'require("module").globalPaths.includes("/usr/share/nodejs")' 2>&1 | tail -n 1)"
  exit 0
fi
same 'where require("semver") is found' /usr/share/nodejs/semver \
  "$(cd "$HOME" && /usr/bin/node -p 'path.dirname(require.resolve("semver/package.json"))' 2>&1 | tail -n 1)"
same 'semver.valid("1.2.3")' 1.2.3 "$(cd "$HOME" && /usr/bin/node -p 'require("semver").valid("1.2.3")' 2>&1 | tail -n 1)"
