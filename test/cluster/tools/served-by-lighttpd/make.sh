#!/bin/sh
# In a plain Debian with the packages of the legacy image that it needs: a tool's home, as the legacy image has left it. A customize hook of
# mmdebstrap, which gives it the root filesystem. $files is what a maintainer put there; $runner, $enable, $ask and $paths are of the server;
# $archive gets the home, $results what was answered. Nothing of our images is there.
set -eu
root=$1
: "${files:?}" "${home:?}" "${uid:?}" "${runner:?}" "${enable:?}" "${ask:?}" "${paths:?}" "${archive:?}" "${results:?}"
[ ! -e "$root/layers" ]
mkdir -p "$root$home"
cp -a "$files/." "$root$home"
chown -R "$uid:$uid" "$root$home"
cp "$runner" "$root/usr/bin/webservice-runner"
chmod 0755 "$root/usr/bin/webservice-runner"
cp "$ask" "$root/tmp/ask.pl"
touch "$root/etc/$enable"

mount -t proc proc "$root/proc"
cp "$(dirname "$0")/in-the-home.sh" "$root/tmp/in-the-home.sh"
# shellcheck disable=SC2016 # the inner shell's
unshare --net sh -c 'ip link set lo up && exec "$@"' sh \
  chroot --userspec="$uid:$uid" "$root" /usr/bin/env -i HOME="$home" USER=tool PATH=/usr/bin:/bin PATHS="$paths" \
  sh /tmp/in-the-home.sh > "$results"
umount "$root/proc"
tar --create --file="$archive" --directory="$root$home" .
