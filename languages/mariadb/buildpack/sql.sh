#!/bin/bash
# sql [options] DATABASE [STATEMENT]: the client of MariaDB, on the server that has the database.
set -euo pipefail

usage='usage: sql [-v] [-N] [--cluster analytics|web] DATABASE [STATEMENT ...]

DATABASE is that of a wiki (enwiki_p, enwiki, or en for some), meta_p, or local for ToolsDB. Without a statement it is a session.

  -v, --verbose            say which server that is
  -N, --skip-column-names  no names of columns in results
  --cluster                which of the wiki replicas; analytics unless told'

fail() {
  printf 'sql: %s\n%s\n' "$1" "$usage" >&2
  exit 2
}

cluster=analytics
verbose=false
options=(--default-character-set=utf8mb4)
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      echo "$usage"
      exit
      ;;
    -v | --verbose) verbose=true ;;
    -N | --skip-column-names) options+=(--skip-column-names) ;;
    --cluster)
      [ $# -gt 1 ] || fail '--cluster needs a value, analytics or web'
      shift
      cluster=$1
      ;;
    --cluster=*) cluster=${1#*=} ;;
    -*) fail "unknown option $1" ;;
    *) break ;;
  esac
  shift
done
[ $# -gt 0 ] || fail 'no database'
[[ $cluster = analytics || $cluster = web ]] || fail "the cluster is '$cluster'; expected analytics or web"
domain=$cluster.db.svc.wikimedia.cloud

database=$1
shift
case $database in
  commons | wikidata) database=${database}wiki_p ;;
  cs | de | en | fr) database=${database}wiki_p ;;
  meta) database=meta_p ;;
esac
case $database in
  # Not metawiki_p: what is known of all wikis.
  meta_p) server=s7.$domain ;;
  local | tools | tools-db | toolsdb)
    server=tools.db.svc.wikimedia.cloud
    database=
    ;;
  *)
    database=${database%_p}_p
    server=${database%_p}.$domain
    ;;
esac
! "$verbose" || echo "$server${database:+, database $database}" >&2

# The file with a tool's account has to come first.
account=()
if [ -f "$HOME/replica.my.cnf" ]; then
  account=(--defaults-file="$HOME/replica.my.cnf")
elif [ ! -f "$HOME/.my.cnf" ]; then
  echo "sql: no $HOME/replica.my.cnf, so the server will ask who this is" >&2
  options+=(--password)
fi
exec mariadb "${account[@]}" "${options[@]}" --host="$server" ${database:+"$database"} ${1:+--execute="$*"}
