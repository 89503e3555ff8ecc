#!/bin/bash
# Pinned Debian packages as they are, without their maintainer scripts: their /usr becomes the prefix. Documentation stays out.
set -euo pipefail
umask 022
mkdir -p "$PREFIX"
for package in /work/sources/*.deb; do
  [ -e "$package" ] || { echo 'expected Debian packages, got none' >&2; exit 1; }
  dpkg-deb --fsys-tarfile "$package" >/work/package.tar
  # To a file first: what tar cannot read ends the step.
  tar --list --file=/work/package.tar >/work/names
  outside=$(grep --invert-match --extended-regexp '^\./(usr/.*)?$' /work/names || true)
  [ -z "$outside" ] || { echo "${package##*/} has files outside of /usr, which a prefix cannot hold: $outside" >&2; exit 1; }
  tar --extract --no-same-owner --file=/work/package.tar --directory="$PREFIX" --strip-components=2 \
    --exclude='*/share/doc' --exclude='*/share/man' --exclude='*/share/lintian' --wildcards './usr/*'
  echo "unpacked ${package##*/}"
done
