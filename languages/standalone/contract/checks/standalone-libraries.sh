#!/bin/bash
# By the loader itself, which names what a program that wants them lacks.
set -euo pipefail
for library in libmariadb.so.3 libssl.so.1.1 libcrypto.so.1.1; do
  loaded=$(LD_PRELOAD=$library /bin/true 2>&1) || loaded="ends with $?"
  same "what the loader says of $library" '' "$loaded"
done
