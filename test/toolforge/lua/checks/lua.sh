#!/bin/bash
# A language that is made up for tests.
set -euo pipefail
has '/usr/bin/lua -v' "Lua $CONTRACT_LANGUAGE_VERSION" "$(/usr/bin/lua -v 2>&1 || true)"
