#!/bin/bash
# The clients, by the names that scripts of tools have.
set -euo pipefail
for program in mariadb mariadb-dump mariadb-admin mysql mysqldump mysqladmin; do
  has "/usr/bin/$program --version" "$CONTRACT_LANGUAGE_VERSION" "$("/usr/bin/$program" --version 2>&1 | tail -n 1)"
done
has '/usr/bin/sql --help' 'usage: sql' "$(/usr/bin/sql --help 2>&1 | head -n 1)"
