#!/bin/bash
# The programs that every legacy image has. Each must run: one whose libraries are missing is found in PATH all the same.
set -euo pipefail
programs=(bzip2 curl emacs gawk git jq less make nano sed vim zstd ps pgrep ssh)
# The legacy images of Debian 11 have neither.
[ "$(sed -n 's/^VERSION_ID="\(.*\)"$/\1/p' /etc/os-release)" = 11 ] || programs+=(zip unzip)
for program in "${programs[@]}"; do
  case $program in
    ssh) option=-V ;;
    unzip | zip) option=-v ;;
    bzip2) option=--help ;;
    *) option=--version ;;
  esac
  status=0
  output=$("$program" "$option" 2>&1 < /dev/null) || status=$?
  same "$program $option" 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $output")"
done
