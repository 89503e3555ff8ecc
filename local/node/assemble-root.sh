#!/bin/sh
# The first process of the node's namespaces. It assembles the node's own root filesystem on a tmpfs: the host's directories are
# bound into it, except for those that the node must have for itself. Paths that the host lacks (/data/project, /var/lib/kubelet)
# exist only in here, and everything vanishes when the last process of the namespaces ends.
set -eu

state=$1
node_name=$2
dns=$3
root=$state/root

mkdir -p "$root"
mount -t tmpfs -o mode=0755 node "$root"
# The state directory is itself inside a directory that gets bound below: without this the tree would contain itself.
mount --make-unbindable "$root"

# graft DIRECTORY EXCEPT...: binds each entry of a host directory into the new root, but the named ones
graft() {
  directory=$1
  shift
  for entry in "$directory"/* "$directory"/.[!.]*; do
    name=${entry##*/}
    for except in "$@"; do
      [ "$name" != "$except" ] || continue 2
    done
    if [ -L "$entry" ]; then
      cp -P "$entry" "$root$entry"
    elif [ -d "$entry" ]; then
      mkdir -p "$root$entry"
      mount --rbind "$entry" "$root$entry"
    fi
  done
}

graft '' proc run etc var data node lost+found
mkdir -p "$root/var/lib" "$root/var/log" "$root/data"
graft /var lib log
graft /var/lib sss kubelet containerd
[ ! -d /data ] || graft /data project

# own MOUNT_POINT SOURCE: a directory of the state at a place where programs expect theirs
own() {
  mkdir -p "$2" "$root$1"
  mount --bind "$2" "$root$1"
}
own /node "$state/node"
own /var/log "$state/node/log"
own /var/lib/kubelet "$state/node/kubelet"
own /var/lib/containerd "$state/node/containerd"
own /var/lib/sss "$state/node/sss"
own /data/project "$state/project"
mkdir -p "$root/var/log/sssd"
for directory in db deskprofile gpo_cache keytabs mc pipes pipes/private pubconf pubconf/krb5.include.d secrets; do
  mkdir -p "$root/var/lib/sss/$directory"
done
chmod 0700 "$root/var/lib/sss/pipes/private" "$root/var/lib/sss/db"

mkdir -p "$root/run" "$root/proc" "$root/old"
mount -t tmpfs -o mode=0755 run "$root/run"
mkdir -p "$root/run/lock"
mount -t proc proc "$root/proc"

# The kubelet insists on six settings of the kernel, which is the host's too. It finds them as it wants them, and cannot write.
mkdir "$root/run/sysctl"
setting() {
  echo "$2" >"$root/run/sysctl/$1"
  mount --bind "$root/run/sysctl/$1" "$root/proc/sys/$(echo "$1" | tr . /)"
  mount -o remount,bind,ro "$root/proc/sys/$(echo "$1" | tr . /)"
}
setting vm.overcommit_memory 1
setting vm.panic_on_oom 0
setting kernel.panic 10
setting kernel.panic_on_oops 1
setting kernel.keys.root_maxkeys 1000000
setting kernel.keys.root_maxbytes 25000000

# A copy, so that the node's files are its own and the host's are untouched.
cp -a /etc "$root/etc"
rm -rf "$root/etc/resolv.conf" "$root/etc/hosts" "$root/etc/sssd"
mkdir -p "$root/etc/sssd/conf.d"
echo "nameserver $dns" >"$root/etc/resolv.conf"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
echo "$node_name" >"$root/etc/hostname"

cd "$root"
pivot_root . old
umount -l /old
rmdir /old
# The kubelet mounts volumes that containers must see, and containers may pass mounts on.
mount --make-rshared /
hostname "$node_name"
ip link set lo up
: >/run/node-ready
exec tini -s -- sleep infinity
