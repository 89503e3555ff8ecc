#!/bin/bash
# Runs in the image that the new one is made in: brings packages, users, files and links, and writes the whole tree.
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive SOURCE_DATE_EPOCH=315532801
# A tree that is lost with its node is made anew: dpkg need not wait for the disk.
export DPKG_FORCE=unsafe-io
instant=1980-01-01T00:00:01Z
apt=(-o APT::Sandbox::User=root -o APT::Install-Recommends=false -o Acquire::Retries=5 -o APT::Update::Error-Mode=any -o Dpkg::Use-Pty=false)

# Everything of the image itself; not what Kubernetes puts into every container, nor what else is mounted there.
everything() {
  local place elsewhere=()
  while read -r place; do elsewhere+=(-o -path "$place"); done < <(awk '$5 != "/" {print $5}' /proc/self/mountinfo)
  find / -xdev -mindepth 1 \( -path /work -o -path /tekton -o -path /workspace -o -path /proc -o -path /sys -o -path /dev \
    -o -path '/run/*' -o -path '/tmp/*' -o -path /etc/resolv.conf -o -path /etc/hosts -o -path /etc/hostname "${elsewhere[@]}" \) -prune -o -print0
}

packages=()
package() {
  # What the parent has stays as it is.
  [ "$(dpkg-query --show --showformat='${db:Status-Abbrev}' "$1" 2>/dev/null)" = 'ii ' ] || packages+=("$1")
}

user() {
  echo "$1:x:$2:$2::$3:/bin/bash" >>/etc/passwd
  echo "$1:x:$2:" >>/etc/group
  echo "$1:*:19700:0:99999:7:::" >>/etc/shadow
  mkdir --parents "$3"
  chown "$2:$2" "$3"
}

file() {
  mkdir --parents "${1%/*}"
  printf %s "$2" >"$1"
}

# What hides a file of a package would be undone, or undo the package, with its next update.
vacant() {
  local path owner
  for path in "$2" "${2#/usr}"; do
    ! owner=$(dpkg-query --search "$path" 2>/dev/null) || { echo "$1 $2: the path belongs to a package: $owner" >&2; exit 1; }
  done
  if [ -e "$2" ] || [ -L "$2" ]; then
    echo "$1 $2: there is something already" >&2
    exit 1
  fi
  mkdir --parents "${2%/*}"
}

link() {
  vacant link "$1"
  ln --symbolic "$2" "$1"
}

# A program that is one function of a library. The library comes with a buildpack's layer; here an empty one of its name stands in for it.
# The program looks into the layer first, whatever LD_LIBRARY_PATH says (hence DT_RPATH), and elsewhere next: a copy of it in an
# environment starts where Debian has the library, too.
program() {
  local scratch prototype="int $3(int argc, char **argv)" c=(-O2 -s '-Wl,--build-id=none' -x c -)
  vacant program "$1"
  scratch=$(mktemp --directory)
  gcc -shared -fPIC -nostdlib -Wl,-soname,"${2##*/}" -o "$scratch/library.so" "${c[@]}" <<<"$prototype { return 0; }"
  gcc -pie -fPIE -Wl,-z,relro -Wl,-z,now -Wl,--disable-new-dtags -Wl,-rpath,"${2%/*}" -o "$1" "${c[@]}" -x none "$scratch/library.so" \
    <<<"$prototype; int main(int argc, char **argv) { return $3(argc, argv); }"
  rm --recursive "$scratch"
}

# Before users, files, links and programs: what packages own is known then.
install() {
  [ ${#packages[@]} -gt 0 ] || return 0
  mkdir --parents /etc/apt/preferences.d
  cp /work/preferences /etc/apt/preferences.d/lock
  cp /work/sources.list /etc/apt/sources.list
  # No service starts in an image.
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod 0755 /usr/sbin/policy-rc.d
  apt-get "${apt[@]}" --quiet --quiet update
  apt-get "${apt[@]}" --quiet --yes install "${packages[@]}"
  rm /usr/sbin/policy-rc.d /etc/apt/preferences.d/lock /etc/apt/sources.list
  # As the lock says, and nothing else, but for what the mirror has dropped.
  [ ! -s /work/substituted ] || return 0
  printf '%s' "$LOCK" | awk 'NF {print $1, $2}' | sort >/work/wanted
  dpkg-query --show --showformat='${db:Status-Abbrev}${Package} ${Version}\n' | sed --quiet 's/^ii //p' | sort >/work/installed
  if ! comm -23 /work/wanted /work/installed | awk '{print; n++} END {exit n > 0}' >&2; then
    echo 'these are locked, but not installed like this: lock anew with: npm run csb -- lock' >&2
    exit 1
  fi
}

# shellcheck source=/dev/null
. /work/settings.sh
# What tells when or where it was made, and what grows by itself.
find /var/lib/apt/lists /var/cache/apt /var/log -type f -delete
rm --force /var/cache/ldconfig/aux-cache /var/cache/debconf/*-old /var/lib/dpkg/*-old /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow-

deterministic=(--create --format=posix --pax-option='delete=atime,delete=ctime' --mtime="$instant" --numeric-owner --no-recursion --null)
everything | sort --zero-terminated |
  tar "${deterministic[@]}" --xattrs --xattrs-include=security.capability --file=/work/root.tar --files-from=-
# In a container these are its own; the image has the folders.
mkdir /work/own /work/own/proc /work/own/sys /work/own/dev /work/own/run /work/own/run/lock
# Five digits: the folders of a volume may hand on its group.
chmod 00755 /work/own/proc /work/own/sys /work/own/dev
chmod 01777 /work/own/run/lock
printf '%s\0' proc sys dev run/lock |
  tar "${deterministic[@]/--create/--append}" --owner=0 --group=0 --file=/work/root.tar --directory=/work/own --files-from=-
chmod 0644 /work/root.tar
echo "a tree of $(stat --format=%s /work/root.tar) bytes"
