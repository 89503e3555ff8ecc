#!/bin/bash
# legacy-image.sh LAYOUT [MIRROR [SECURITY_MIRROR]]: the legacy python311-sssd-web as its Dockerfiles define it, in an OCI layout.
#
# What the buildpacks image is measured against. Three layers as there: distro root, python311-sssd/base, python311-sssd/web; the
# packages of the first without recommended ones, of the others with them. Two things differ: the distro root is made of Debian's
# packages instead of Wikimedia's base image, and the runner is our own, since the legacy one is not in a package.
#
# As root, on Linux with mmdebstrap and umoci. Takes some minutes.
set -euo pipefail

layout=${1:?usage: legacy-image.sh LAYOUT [MIRROR [SECURITY_MIRROR]]}
mirror=${2:-http://172.30.0.2:3142/debian}
security=${3:-http://172.30.0.2:3142/debian-security}
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

common=(bzip2 ca-certificates curl emacs-nox gawk git jq less libnss-sss locales locales-all make nano openssh-client procps sed unzip
  vim zip zstd)
language=(build-essential libicu-dev libldap2-dev libmariadb-dev libmariadb-dev-compat libsasl2-dev python3 python3-dev python3-venv
  python3-virtualenv)
web=(uwsgi uwsgi-plugin-python3)

layer() {
  umoci repack --refresh-bundle --image "$image" --history.created_by="$1" "$work/bundle"
}

install_packages() {
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  chroot "$root" apt-get update --quiet
  chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet -o APT::Install-Recommends=true "$@"
  chroot "$root" apt-get clean
  rm -rf "$root"/var/lib/apt/lists/*
  umount "$root/proc" "$root/dev"
}

distro_root() {
  rmdir "$root"
  mmdebstrap --mode=root --variant=minbase --format=directory --include="$(IFS=,; echo "${common[*]}")" bookworm "$root" \
    "deb $mirror bookworm main" "deb $mirror bookworm-updates main" "deb $security bookworm-security main"
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

umoci init --layout "$layout"
umoci new --image "$image"
umoci unpack --image "$image" "$work/bundle"
distro_root
layer bookworm-sssd
install_packages "${language[@]}"
layer python311-sssd/base
install_packages "${web[@]}"
install -m 0755 "$project/languages/uwsgi/runner.sh" "$root/usr/bin/webservice-runner"
install -m 0755 "$project/languages/python/bootstrap/buildpack/webservice-python-bootstrap.sh" \
  "$root/usr/local/bin/webservice-python-bootstrap"
layer python311-sssd/web
umoci config --image "$image" --no-history --os=linux --architecture=amd64 --config.env=LC_ALL=en_US.UTF-8 \
  --config.env=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
