#!/bin/bash
# Exactly this minor version, with all extensions, in shells and in pages.
set -euo pipefail
extensions='apcu bcmath bz2 curl dba dom gd imagick intl mbstring mysqli mysqlnd openssl PDO pdo_mysql pdo_pgsql pdo_sqlite pgsql redis soap sqlite3 xml xsl zip'
case $CONTRACT_LANGUAGE_VERSION in
  7.4) extensions+=' apc tideways_xhprof' ;;
  8.2) extensions+=' tideways_xhprof yaml' ;;
  *) extensions+=' yaml' ;;
esac
for program in /usr/bin/php /usr/bin/php-cgi; do
  has "$program -v" "PHP $CONTRACT_LANGUAGE_VERSION." "$("$program" -v 2>&1 | head -n 1 || true)"
  there=" $("$program" -m 2> /dev/null | tr '\n' ' ')"
  missing=()
  for extension in $extensions; do
    [[ $there == *" $extension "* ]] || missing+=("$extension")
  done
  same "extensions that $program lacks" '' "${missing[*]}"
done
