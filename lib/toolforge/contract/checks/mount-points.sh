#!/bin/bash
# In a pod without mounts: what Toolforge mounts finds nothing in its way.
set -euo pipefail
for directory in /data/project /data/scratch /public/dumps /mnt/nfs /var/lib/sss/pipes; do
  found=nothing
  if [ -d "$directory" ]; then
    found=$(find "$directory" -mindepth 1 ! -type d -print 2> /dev/null | head -n 1) || true
    found=${found:-nothing}
  elif [ -e "$directory" ] || [ -L "$directory" ]; then
    found='no directory'
  fi
  same "files in $directory" nothing "$found"
done
for file in /etc/wmcs-project /etc/ldap.conf /etc/ldap.yaml /etc/novaobserver.yaml /etc/openstack/clouds.yaml; do
  same "$file" 'no directory' "$([ -d "$file" ] && echo 'a directory' || echo 'no directory')"
done
[ ! -e /etc/openstack ] || same /etc/openstack directory "$(stat -c %F /etc/openstack)"
