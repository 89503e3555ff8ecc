#!/bin/bash
# Nobody listens where these accounts are for, so each gets to the network and no further.
set -euo pipefail
account=$HOME/replica.my.cnf
printf '[client]\nuser = contract\npassword = contract\nhost = 127.0.0.1\nport = 9\n' > "$account"
chmod 0400 "$account"
has 'mariadb-dump --defaults-file=replica.my.cnf' "Can't connect to server on '127.0.0.1'" \
  "$(mariadb-dump --defaults-file="$account" contract 2>&1 | tail -n 1)"
has 'mysqldump --defaults-file=replica.my.cnf' "Can't connect to server on '127.0.0.1'" \
  "$(mysqldump --defaults-file="$account" contract 2>&1 | tail -n 1)"
for database in enwiki meta local; do
  case $database in
    enwiki) server=enwiki.web.db.svc.wikimedia.cloud ;;
    meta) server=s7.web.db.svc.wikimedia.cloud ;;
    local) server=tools.db.svc.wikimedia.cloud ;;
  esac
  # No name of Toolforge is known here; where one is, port 9 is nobody's.
  has "sql --cluster web $database" "$server" "$(timeout 60 sql --cluster web "$database" 'select 1' 2>&1 | tail -n 1)"
done
rm -f "$account"
