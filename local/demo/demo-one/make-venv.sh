#!/bin/sh
# Makes the venv of demo-one as a maintainer would have made it years ago: by Debian's own Python, in a plain Debian, at its final
# place, as the tool. A customize hook of mmdebstrap, which gives it the root filesystem; $wheels, $home, $uid and $archive say the rest.
set -eu
root=$1
: "${wheels:?}" "${home:?}" "${uid:?}" "${archive:?}"

# Nothing of the calling machine's environment, least of all its configuration of pip.
as_tool() {
  chroot --userspec="$uid:$uid" "$root" /usr/bin/env -i HOME="$home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"
}

cp -r "$wheels" "$root/wheels"
mkdir -p "$root$home"
chown "$uid:$uid" "$root$home"
as_tool mkdir -p "$home/www/python"
as_tool python3 -m venv "$home/www/python/venv"
as_tool "$home/www/python/venv/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir --no-index \
  --find-links=/wheels --require-hashes --requirement=/wheels/requirements.txt
tar --create --file="$archive" --directory="$root$home" www
