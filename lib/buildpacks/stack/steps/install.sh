#!/bin/bash
# Packages, files, users and links on the root filesystem of another image: one layer more, and the image's settings.
set -euo pipefail
[ ! -e /work/found ] || exit 0
umask 022
instant=1980-01-01T00:00:01Z
export LC_ALL=C.UTF-8
root=/work/bundle/rootfs
umoci unpack --image /work/image:base /work/bundle >/dev/null
setting() { jq --raw-output "$@" <<<"$SETTINGS"; }

inside() {
  chroot "$root" /usr/bin/env --ignore-environment PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    SOURCE_DATE_EPOCH=315532801 "$@"
}

install_packages() {
  apt_index
  pin "$LOCK" "$root/etc/apt/preferences.d/lock"
  sources >"$root/etc/apt/sources.list"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # No service starts in an image.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 0755 "$root/usr/sbin/policy-rc.d"
  mknod --mode=0666 "$root/dev/null" c 1 3
  mknod --mode=0666 "$root/dev/zero" c 1 5
  mknod --mode=0666 "$root/dev/random" c 1 8
  mknod --mode=0666 "$root/dev/urandom" c 1 9
  ln --symbolic /proc/self/fd "$root/dev/fd"
  apt_in_root=(-o APT::Sandbox::User=root -o APT::Install-Recommends=false -o Acquire::Retries=5 -o Dpkg::Use-Pty=false)
  inside apt-get "${apt_in_root[@]}" --quiet --quiet update
  mapfile -t packages < <(setting '.packages[]')
  inside apt-get "${apt_in_root[@]}" --quiet --yes install "${packages[@]}"
  # As the lock says: apt may have taken nothing else, but for what the mirror has dropped.
  printf '%s' "$LOCK" | awk 'NF {print $1, $2}' | sort >/work/wanted
  inside dpkg-query --show --showformat='${db:Status-Abbrev}${Package} ${Version}\n' | sed -n 's/^ii //p' | sort >/work/installed
  comm -23 /work/wanted /work/installed >/work/differs
  if [ -s /work/differs ] && [ ! -s /work/substituted ]; then
    echo "locked, but not installed like this:" >&2
    cat /work/differs >&2
    exit 1
  fi
  rm "$root/dev/null" "$root/dev/zero" "$root/dev/random" "$root/dev/urandom" "$root/dev/fd"
  rm "$root/usr/sbin/policy-rc.d" "$root/etc/apt/preferences.d/lock" "$root/etc/apt/sources.list" "$root/etc/resolv.conf"
}

: >/work/substituted
[ "$(setting '.packages | length')" = 0 ] || install_packages

while read -r user; do
  field() { jq --raw-output "$1" <<<"$user"; }
  echo "$(field .name):x:$(field .uid):$(field .uid)::$(field .home):/bin/bash" >>"$root/etc/passwd"
  echo "$(field .name):x:$(field .uid):" >>"$root/etc/group"
  echo "$(field .name):*:19700:0:99999:7:::" >>"$root/etc/shadow"
  mkdir --parents "$root$(field .home)"
  chown "$(field .uid):$(field .uid)" "$root$(field .home)"
done < <(setting --compact-output '.users[]')

while read -r file; do
  path=$root$(jq --raw-output .key <<<"$file")
  mkdir --parents "${path%/*}"
  jq --raw-output --join-output .value <<<"$file" >"$path"
done < <(setting --compact-output '.files | to_entries[]')

# A link that hides a file of a package would be undone, or undo the package, with its next update.
while read -r link; do
  path=$(jq --raw-output .key <<<"$link")
  for name in "$path" "${path#/usr}"; do
    ! owner=$(inside dpkg-query --search "$name" 2>/dev/null) || { echo "link $path: the path belongs to a package: $owner" >&2; exit 1; }
  done
  [ ! -e "$root$path" ] && [ ! -L "$root$path" ] || { echo "link $path: there is something already" >&2; exit 1; }
  mkdir --parents "$root${path%/*}"
  ln --symbolic "$(jq --raw-output .value <<<"$link")" "$root$path"
done < <(setting --compact-output '.links | to_entries[]')

# What tells when or where it was made, and what grows by itself.
find "$root/var/lib/apt/lists" "$root/var/cache/apt" "$root/var/log" "$root/tmp" -type f -delete
rm --force "$root/var/cache/ldconfig/aux-cache" "$root"/var/cache/debconf/*-old "$root"/var/lib/dpkg/*-old "$root"/etc/*-
find "$root" -newermt "$instant" -print0 | xargs --null --no-run-if-empty touch --no-dereference --date="$instant"
umoci repack --image /work/image:base --history.created="$instant" --history.created_by="stack $NAME" /work/bundle >/dev/null
substituted=$(tr '\n' ',' </work/substituted)
mapfile -d '' -t options < <(
  setting --join-output '
    (.environment | to_entries[] | "--config.env=\(.key)=\(.value)\u0000"),
    (.labels | to_entries[] | "--config.label=\(.key)=\(.value)\u0000"),
    "--config.user=\(.user)\u0000"'
)
umoci config --image /work/image:base --no-history --created="$instant" "${options[@]}" \
  --config.label="org.toolforge.stack.substituted=${substituted%,}" --clear=config.cmd
chmod --recursive go+rX /work/image
rm -rf /work/bundle
