#!/bin/bash
# Gives the node what Toolforge's nodes have and pods of tools mount, beside homes and sssd: directories that are NFS there, and files
# that Puppet writes there. Runs inside the node's mount namespace, with each `up`, and changes nothing that is as it should be.
set -euo pipefail

project=$1

# own DIRECTORY: one of the node's state at a place that is the host's otherwise, so that nothing is made on the host
own() {
  mkdir -p "/node/nfs$1" "$1"
  [ "$1" -ef "/node/nfs$1" ] || mount --bind "/node/nfs$1" "$1"
}
own /mnt
own /public
own /data/scratch
# Shared by all tools, as a /tmp that stays.
chmod 1777 /data/scratch

dumps=/mnt/nfs/dumps-clouddumps
mkdir -p /public/dumps "${dumps}1001.wikimedia.org" "${dumps}1002.wikimedia.org"

# put FILE: standard input, readable by all; a running pod has the old file mounted, so the same text stays the same file
put() {
  cat >/run/tool-file
  if [ -L "$1" ] || ! cmp -s /run/tool-file "$1"; then
    rm -rf "$1"
    cp /run/tool-file "$1"
  fi
  chmod 0644 "$1"
  rm /run/tool-file
}

put "${dumps}1001.wikimedia.org/README" <<END
Here are Wikimedia's dumps in Toolforge. The embedded platform has none.
END
# There as well, what is in /public/dumps are links.
ln -sfn "${dumps}1001.wikimedia.org/README" /public/dumps/README

put /etc/wmcs-project <<END
$project
END
# The host's own, if it has some, may hold passwords: none of them gets into pods.
put /etc/ldap.conf <<END
# Stands for the address of Toolforge's LDAP. The embedded platform has none: sssd knows the tools from files.
END
put /etc/ldap.yaml <<END
# Stands for the address of Toolforge's LDAP. The embedded platform has none: sssd knows the tools from files.
{}
END
put /etc/novaobserver.yaml <<END
# Stands for the account with which anyone may read Cloud VPS's OpenStack. The embedded platform has no OpenStack.
{}
END
[ ! -L /etc/openstack ] || rm /etc/openstack
mkdir -p /etc/openstack
chmod 0755 /etc/openstack
put /etc/openstack/clouds.yaml <<END
# Stands for the clouds of Cloud VPS's OpenStack. The embedded platform has no OpenStack.
clouds: {}
END
