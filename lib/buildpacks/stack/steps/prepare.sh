#!/bin/bash
# What apt is to take, and the settings as calls for a shell that has no jq.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
umask 022

jq --raw-output '
  (.packages[] | "package \(@sh)"),
  "install",
  (.users[] | "user \(.name | @sh) \(.uid) \(.home | @sh)"),
  (.files | to_entries[] | "file \(.key | @sh) \(.value | @sh)"),
  (.links | to_entries[] | "link \(.key | @sh) \(.value | @sh)"),
  (.programs | to_entries[] | "program \(.key | @sh) \(.value.library | @sh) \(.value.main | @sh)")' <<<"$SETTINGS" >/work/settings.sh
: >/work/substituted
jq --exit-status '.packages == []' <<<"$SETTINGS" >/dev/null || {
  apt_index
  pin "$LOCK" /work/preferences
  sources >/work/sources.list
}
