#!/bin/bash
# The image that this one stands on, as a file; what apt is to take; and the settings as calls for a shell that has no jq.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
[ ! -e /work/found ] || exit 0
umask 022
skopeo copy --quiet --retry-times 5 --src-tls-verify="$REGISTRY_TLS" "docker://$PARENT" oci:/work/image:base

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
