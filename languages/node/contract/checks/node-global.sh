#!/bin/bash
# A tool installs into its home. Where npm would install for all, a tool may not write.
set -euo pipefail
work=$HOME/contract-npm
rm -rf "$work"
mkdir -p "$work/module" "$work/app"
echo '{ "name": "contract-module", "version": "1.0.0", "main": "index.js" }' > "$work/module/package.json"
echo 'module.exports = "installed";' > "$work/module/index.js"
echo '{ "name": "contract-app", "version": "1.0.0", "private": true }' > "$work/app/package.json"
(cd "$work/module" && npm pack --offline > /dev/null 2>&1) || true
options=(--offline --no-audit --no-fund)
prefix=$(npm config get prefix 2>&1 | tail -n 1)
case $prefix in
  /usr | /usr/local | /layers/*) ;;
  *) differs 'npm config get prefix' '/usr/local, or where Node is' "$prefix" ;;
esac
status=0
said=$(cd "$work/module" && npm install --global "${options[@]}" ./contract-module-1.0.0.tgz 2>&1) || status=$?
has 'npm install --global' EACCES "ends with $status: $(grep -m 1 EACCES <<< "$said" || tail -n 2 <<< "$said")"
status=0
said=$(cd "$work/app" && npm install "${options[@]}" ../module/contract-module-1.0.0.tgz 2>&1) || status=$?
same 'npm install in the home' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
same 'the installed module' installed "$(cd "$work/app" && /usr/bin/node -p 'require("contract-module")' 2>&1 | tail -n 1)"
rm -rf "$work"
