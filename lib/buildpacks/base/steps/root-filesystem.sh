#!/bin/bash
# A root filesystem from Debian packages, with fewer capabilities than a container has by default.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
# The instant that CNB images carry; with it the same packages give the same tar.
export SOURCE_DATE_EPOCH=315532801 TMPDIR=/work
# A tree that is lost with its node is made anew: dpkg need not wait for the disk.
export DPKG_FORCE=unsafe-io
apt_index
pin "$LOCK" /work/preferences
mapfile -t sources < <(sources)
# Since Debian 12 every installation has /bin and /lib in /usr; the one before has it as the legacy images do.
merged=()
[ "$SUITE" != bullseye ] || merged=(--setup-hook=/usr/share/mmdebstrap/hooks/merged-usr/setup00.sh)
# The mirror and the versions are the builder's business: an image that can be rebased is not updated by apt, so it names neither.
# shellcheck disable=SC2016 # mmdebstrap gives hooks the root's path as their first argument
mmdebstrap --mode=root --variant=minbase --architectures=amd64 ${PACKAGES:+"--include=$PACKAGES"} \
  --aptopt='Acquire::Retries "5"' "${merged[@]}" \
  --setup-hook='mkdir --parents "$1/etc/apt/preferences.d" && cp /work/preferences "$1/etc/apt/preferences.d/lock"' \
  --customize-hook='rm -f "$1/etc/apt/sources.list" "$1/etc/apt/preferences.d/lock" "$1/etc/hostname" "$1/etc/resolv.conf"' \
  "$SUITE" /work/root.tar "${sources[@]}"
chmod 0644 /work/root.tar /work/substituted
