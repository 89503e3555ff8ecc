#!/bin/bash
# This version by its paths; gems that a tool installs say for which ABI they are compiled.
set -euo pipefail
has '/usr/bin/ruby --version' "ruby $CONTRACT_LANGUAGE_VERSION." "$(/usr/bin/ruby --version 2>&1 || true)"
same Gem.default_dir "/var/lib/gems/$CONTRACT_LANGUAGE_VERSION.0" "$(/usr/bin/ruby -e 'puts Gem.default_dir' 2>&1 | tail -n 1)"
same 'the ABI of gems in a home' "ruby/$CONTRACT_LANGUAGE_VERSION.0" \
  "$(/usr/bin/ruby -e 'puts Gem.user_dir.split("/").last(2).join("/")' 2>&1 | tail -n 1)"
for program in gem bundle rake; do
  has "/usr/bin/$program --version" . "$("/usr/bin/$program" --version 2>&1 | tail -n 1)"
done
