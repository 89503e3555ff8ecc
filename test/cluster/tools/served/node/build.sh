# shellcheck shell=bash
# What a maintainer has typed: node_modules, with an addon that npm has node-gyp compile.
set -e
cd src/fnv1a
npm pack
cd ../../www/js
npm install --offline --no-audit --no-fund ../../src/fnv1a/fnv1a-1.0.0.tgz
