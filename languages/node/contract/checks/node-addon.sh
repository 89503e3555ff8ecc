#!/bin/bash
# An addon in C++, as `npm install` compiles it: by node-gyp, whose Python and whose headers of Node are the image's, since none can be fetched.
set -euo pipefail
addon=$HOME/contract-addon
rm -rf "$addon"
mkdir "$addon"
cat > "$addon/package.json" << 'JSON'
{ "name": "contract-addon", "version": "1.0.0", "private": true, "scripts": { "install": "node-gyp rebuild" } }
JSON
cat > "$addon/binding.gyp" << 'GYP'
{ "targets": [{ "target_name": "contract", "sources": ["contract.cc"] }] }
GYP
cat > "$addon/contract.cc" << 'CC'
#include <node_api.h>
static napi_value init(napi_env env, napi_value exports) {
  napi_value word;
  napi_create_string_utf8(env, "compiled", NAPI_AUTO_LENGTH, &word);
  return word;
}
NAPI_MODULE(contract, init)
CC
status=0
said=$(cd "$addon" && npm install --offline --no-audit --no-fund 2>&1) || status=$?
same 'npm install of an addon, with a dead name server' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(grep -m 3 -iE 'gyp ERR|error:' <<< "$said" | tr '\n' ' ')")"
[ "$status" != 0 ] || same 'the compiled addon' compiled "$(cd "$addon" && /usr/bin/node -p 'require("./build/Release/contract")' 2>&1 | tail -n 1)"
rm -rf "$addon"
