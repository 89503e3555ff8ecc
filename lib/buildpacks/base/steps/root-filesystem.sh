#!/bin/bash
# A root filesystem from Debian packages, with a container's default capabilities only.
set -euo pipefail
[ ! -e /work/found ] || exit 0
# The instant that CNB images carry; with it the same packages give the same tar.
export SOURCE_DATE_EPOCH=315532801 TMPDIR=/work
# The mirror is the builder's business: an image that can be rebased is not updated by apt, so it names no mirror.
# shellcheck disable=SC2016 # mmdebstrap gives the hook the root's path as its first argument
mmdebstrap --mode=root --variant=minbase --architectures=amd64 ${PACKAGES:+"--include=$PACKAGES"} \
  --aptopt='Acquire::Retries "5"' \
  --customize-hook='rm -f "$1/etc/apt/sources.list" "$1/etc/hostname" "$1/etc/resolv.conf"' \
  "$SUITE" /work/root.tar \
  "deb $MIRROR $SUITE main" \
  "deb $MIRROR $SUITE-updates main" \
  "deb $SECURITY_MIRROR $SUITE-security main"
chmod 0644 /work/root.tar
