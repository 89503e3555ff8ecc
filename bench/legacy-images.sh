#!/bin/bash
# legacy-images.sh LAYOUT IMAGE [IMAGE...]: legacy images as their Dockerfiles define them, in an OCI layout, each under its name as a tag.
#
# What ours are measured against. Their layers are those of stacks/legacy/images.json: the distro root, and what each image adds to its parent,
# no packages that are only recommended in any of them. What an image is made from has its tag, too, and is made once. Three things differ: the
# distro root is made of Debian's packages instead of Wikimedia's base image, packages that Debian does not have are left out (each is named),
# and the runner is our own, since the legacy one is not in a package.
#
# LEGACY_MIRROR and LEGACY_SECURITY_MIRROR are other mirrors than the package cache of the embedded platform.
# As root, on Linux with mmdebstrap, umoci and jq. Takes a minute or two for an image.
set -euo pipefail

[ $# -ge 2 ] || { echo 'usage: legacy-images.sh LAYOUT IMAGE [IMAGE...]' >&2; exit 1; }
layout=$1
mirror=${LEGACY_MIRROR:-http://172.30.0.2:3142/debian}
security=${LEGACY_SECURITY_MIRROR:-http://172.30.0.2:3142/debian-security}
if [ "${LEGACY_IMAGES_APART:-}" != yes ]; then
  # However it ends, no process and no mount of a half-made root filesystem stays.
  LEGACY_IMAGES_APART=yes exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

# As Docker's base images of Debian have it: dpkg does not wait for the disk.
export DPKG_FORCE=unsafe-io
project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'umount -q "$work/bundle/rootfs/proc" "$work/bundle/rootfs/dev" || true; rm -rf "$work"' EXIT
root=$work/bundle/rootfs

# said IMAGE FIELD: what the legacy catalogue says of it.
said() {
  jq -r --arg image "$1" --arg field "$2" '.current[$image] // error("there is no legacy image " + $image) | .[$field] // empty' \
    "$project/stacks/legacy/images.json"
}

# install_packages IMAGE PACKAGE...
install_packages() {
  local image=$1 there package
  shift
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  # No package may start its server while an image is made.
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
  chmod 0755 "$root/usr/sbin/policy-rc.d"
  chroot "$root" apt-get update --quiet
  there=$(chroot "$root" apt-cache policy "$@" | awk '/^[^ ]/ { sub(/:$/, ""); name = $1 } /Candidate:/ && $2 != "(none)" { print name }')
  for package in "$@"; do
    grep -qxF "$package" <<< "$there" || echo "left out of $image: $package" >&2
  done
  # shellcheck disable=SC2086 # words
  [ -z "$there" ] || chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet -o APT::Install-Recommends=false $there
  chroot "$root" apt-get clean
  rm -rf "$root"/var/lib/apt/lists/* "$root/usr/sbin/policy-rc.d"
  umount "$root/proc" "$root/dev"
}

distro_root() {
  local suite packages
  suite=$(said "$1" distro)
  packages=$(said "$1" packages)
  rmdir "$root"
  # What the mirror's index names and the mirror does not have: the versions that our locks fall back to.
  jq --raw-output '.base, .run, .build | objects | to_entries[] | select(.value.fallback)
    | "Package: \(.key)\nPin: version \(.value.fallback.version)\nPin-Priority: 1001\n"' "$project/stacks/locks/$suite"*.json > "$work/fallbacks"
  mmdebstrap --mode=root --variant=minbase --format=directory --include="${packages// /,}" \
    --setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\" && cp '$work/fallbacks' \"\$1/etc/apt/preferences.d/\"" "$suite" "$root" \
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
}

# What an image has beside its packages.
own_files() {
  local type packages
  packages=$(said "$1" packages)
  # By the names that its Dockerfile links to Debian's.
  [[ " $packages " != *' yarnpkg '* ]] || ln -s /usr/bin/yarnpkg "$root/usr/bin/yarn"
  type=$(said "$1" wstype)
  [ -n "$type" ] || return 0
  (cd "$project" && node --require ./cli/require.cjs bench/legacy-runner.ts "$type") > "$root/usr/bin/webservice-runner"
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

# add_files PARENT IMAGE: one that has only files of its own needs nobody's root filesystem.
add_files() {
  mkdir -p "$root/usr/bin" "$root/usr/local/bin" "$root/etc"
  own_files "$2"
  (cd "$root" && find . ! -type d) > "$work/files"
  tar --create --owner=0 --group=0 --directory="$root" --files-from="$work/files" --file="$work/layer.tar"
  umoci tag --image "$layout:$1" "$2.part"
  umoci raw add-layer --image "$layout:$2.part" --history.created_by="$2" "$work/layer.tar"
  umoci tag --image "$layout:$2.part" "$2"
  umoci remove --image "$layout:$2.part"
}

# make IMAGE: what it is made from before. It has its tag when it is whole.
make() {
  local parent packages tags part=$layout:$1.part
  tags=$(umoci list --layout "$layout")
  ! grep -qxF "$1" <<< "$tags" || return 0
  parent=$(said "$1" parent)
  [ -z "$parent" ] || make "$parent"
  echo "$1" >&2
  rm -rf "$work/bundle"
  # What an earlier one has left that was ended.
  umoci remove --image "$part" 2> /dev/null || true
  if [ -z "$parent" ]; then
    umoci new --image "$part"
    umoci unpack --image "$part" "$work/bundle"
    distro_root "$1"
  else
    read -r -a packages <<< "$(said "$1" packages)"
    if [ ${#packages[@]} = 0 ]; then
      add_files "$parent" "$1"
      return
    fi
    umoci unpack --image "$layout:$parent" "$work/bundle"
    install_packages "$1" "${packages[@]}"
  fi
  own_files "$1"
  umoci repack --image "$part" --history.created_by="$1" "$work/bundle"
  umoci config --image "$part" --no-history --os=linux --architecture=amd64 --config.env=LC_ALL=en_US.UTF-8 \
    --config.env=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  umoci tag --image "$part" "$1"
  umoci remove --image "$part"
}

[ -e "$layout" ] || umoci init --layout "$layout"
for each in "${@:2}"; do
  make "$each"
done
