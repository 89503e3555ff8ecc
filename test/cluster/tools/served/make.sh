#!/bin/sh
# In a plain Debian with the packages of the legacy image that it needs: a tool's home, as the legacy image has left it. A customize hook of
# mmdebstrap, which gives it the root filesystem. $files is what a maintainer put there; $runner, $enabled and $ask are of the server;
# $archive gets the home, $results what was seen. Nothing of our images is there.
set -eu
root=$1
: "${files:?}" "${home:?}" "${user:?}" "${uid:?}" "${runner:?}" "${archive:?}"
[ ! -e "$root/layers" ]
# What sssd says, and the locale that the image says.
echo "$user:x:$uid:$uid::$home:/bin/bash" >> "$root/etc/passwd"
echo "$user:x:$uid:" >> "$root/etc/group"
chroot "$root" localedef -i en_US -f UTF-8 en_US.UTF-8
cp "$runner" "$root/usr/bin/webservice-runner"
chmod 0755 "$root/usr/bin/webservice-runner"
[ -z "${enabled:-}" ] || touch "$root$enabled"
mkdir -p "$root$home"
cp -a "$files/." "$root$home"
chown -R "$uid:$uid" "$root$home"

# With a network of its own port 8000 is free, and however it ends, no process stays.
unshare --net --pid --fork --kill-child --mount-proc="$root/proc" sh "$(dirname "$0")/in-the-home.sh" "$root"
tar --create --file="$archive" --directory="$root$home" .
