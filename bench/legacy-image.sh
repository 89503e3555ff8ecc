#!/bin/bash
# legacy-image.sh LAYOUT [IMAGE [MIRROR [SECURITY_MIRROR]]]: a legacy image as its Dockerfiles define it, in an OCI layout; by default python311-sssd-web.
#
# What ours are measured against. Its layers are those of stacks/legacy/images.json: the distro root, and what each image adds to its parent,
# no packages that are only recommended in any of them. Two things differ: the distro root is made of Debian's packages instead of
# Wikimedia's base image, and the runner is our own, since the legacy one is not in a package.
#
# As root, on Linux with mmdebstrap, umoci and jq. Takes some minutes.
set -euo pipefail

layout=${1:?usage: legacy-image.sh LAYOUT [IMAGE [MIRROR [SECURITY_MIRROR]]]}
name=${2:-python311-sssd-web}
mirror=${3:-http://172.30.0.2:3142/debian}
security=${4:-http://172.30.0.2:3142/debian-security}
if [ -e "$layout" ]; then
  echo "$layout exists already; name a folder that can be made" >&2
  exit 1
fi
if [ "${LEGACY_IMAGE_APART:-}" != yes ]; then
  # However it ends, no process and no mount of a half-made root filesystem stays.
  LEGACY_IMAGE_APART=yes exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'umount -q "$work/bundle/rootfs/proc" "$work/bundle/rootfs/dev" || true; rm -rf "$work"' EXIT
image=$layout:latest
root=$work/bundle/rootfs

# said IMAGE FIELD: what the legacy catalogue says of it.
said() {
  jq -r --arg image "$1" --arg field "$2" '.current[$image] // error("there is no legacy image " + $image) | .[$field] // empty' \
    "$project/stacks/legacy/images.json"
}

layer() {
  umoci repack --refresh-bundle --image "$image" --history.created_by="$1" "$work/bundle"
}

install_packages() {
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  chroot "$root" apt-get update --quiet
  chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet -o APT::Install-Recommends=false "$@"
  chroot "$root" apt-get clean
  rm -rf "$root"/var/lib/apt/lists/*
  umount "$root/proc" "$root/dev"
}

distro_root() {
  local suite packages
  suite=$(said "$1" distro)
  packages=$(said "$1" packages)
  rmdir "$root"
  mmdebstrap --mode=root --variant=minbase --format=directory --include="${packages// /,}" "$suite" "$root" \
    "deb $mirror $suite main" "deb $mirror $suite-updates main" "deb $security $suite-security main"
  rm -rf "${root:?}"/dev/* "$root/etc/resolv.conf" "$root/etc/hostname"
  cat > "$root/etc/nsswitch.conf" <<'NSS'
passwd:         compat sss
group:          compat sss
shadow:         compat
gshadow:        files

hosts:          files dns
networks:       files

protocols:      db files
services:       db files
ethers:         db files sss
rpc:            db files

netgroup:       nis
NSS
  echo LANG=en_US.UTF-8 > "$root/etc/default/locale"
  # As Docker's base images have it: no package may start its server while an image is made.
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
  chmod 0755 "$root/usr/sbin/policy-rc.d"
}

# What an image has beside its packages.
own_files() {
  local type
  type=$(said "$1" wstype)
  [ -n "$type" ] || return 0
  "$project/node_modules/.bin/tsx" "$project/bench/legacy-runner.ts" "$type" > "$root/usr/bin/webservice-runner"
  chmod 0755 "$root/usr/bin/webservice-runner"
  case $type:$1 in
    python:*)
      install -m 0755 "$project/languages/python/bootstrap/buildpack/webservice-python-bootstrap.sh" \
        "$root/usr/local/bin/webservice-python-bootstrap"
      ;;
    lighttpd:php*) touch "$root/etc/toolforge-enable-php" ;;
    lighttpd-plain:perl*) touch "$root/etc/toolforge-enable-perl" ;;
  esac
}

lineage=()
current=$name
while [ -n "$current" ]; do
  lineage=("$current" "${lineage[@]}")
  current=$(said "$current" parent)
done

umoci init --layout "$layout"
umoci new --image "$image"
umoci unpack --image "$image" "$work/bundle"
for each in "${lineage[@]}"; do
  if [ "$each" = "${lineage[0]}" ]; then
    distro_root "$each"
  else
    read -r -a packages <<< "$(said "$each" packages)"
    [ ${#packages[@]} = 0 ] || install_packages "${packages[@]}"
  fi
  own_files "$each"
  layer "$each"
done
umoci config --image "$image" --no-history --os=linux --architecture=amd64 --config.env=LC_ALL=en_US.UTF-8 \
  --config.env=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
