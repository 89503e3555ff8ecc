/** Paths of an image whose owner is known without looking into it. `/bin`, `/sbin` and `/lib` are those in /usr. */

/** Where containers have something else than the image: mounts of Kubernetes, of Tekton, of Toolforge, and the lifecycle's folders. */
export const NOT_THE_IMAGES = [
  ...['/dev', '/proc', '/sys', '/run', '/var/run', '/tmp', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'],
  ...['/work', '/tekton', '/workspace', '/layers', '/cnb', '/platform'],
  // volume-admission (facts of Toolforge, B.2)
  ...['/data/project', '/data/scratch', '/public/dumps', '/mnt/nfs', '/var/lib/sss/pipes', '/etc/wmcs-project', '/etc/ldap.conf'],
  ...['/etc/ldap.yaml', '/etc/novaobserver.yaml', '/etc/openstack/clouds.yaml'],
];

/** What Debian's packages keep accounts in. */
export const ACCOUNTS = ['passwd', 'group', 'shadow', 'gshadow'].flatMap((each) => [`/etc/${each}`, `/etc/${each}-`]);

/** Folders of base-files and of the packages that every Debian has. */
export const FOLDERS = [
  ...['/boot', '/etc', '/home', '/media', '/mnt', '/opt', '/root', '/srv', '/usr', '/var'],
  ...['bin', 'include', 'lib', 'lib64', 'libexec', 'local', 'sbin', 'share', 'src'].map((each) => `/usr/${each}`),
  ...['bin', 'etc', 'include', 'lib', 'sbin', 'share'].map((each) => `/usr/local/${each}`),
  ...['backups', 'cache', 'lib', 'local', 'lock', 'log', 'mail', 'opt', 'spool', 'tmp'].map((each) => `/var/${each}`),
  ...['/usr/lib/x86_64-linux-gnu', '/etc/ssl', '/etc/ssl/certs', '/var/lib/dpkg', '/var/lib/apt'],
];

/** Programs of Debian's essential packages, and of apt. */
export const ESSENTIAL = new Set(
  (
    'apt apt-cache apt-get apt-key apt-mark arch awk base64 basename bash cat chgrp chmod chown chroot cksum cmp comm cp cut dash date dd ' +
    'debconf deb-systemd-helper df diff dir dirname dmesg dpkg dpkg-deb dpkg-divert dpkg-query du echo egrep env expand expr false fgrep ' +
    'find fmt fold getconf getent getopt grep groups gunzip gzip head hostname iconv id install invoke-rc.d join ldconfig ldd ln ' +
    'locale localedef login logname ls lsblk mawk md5sum mkdir mkfifo mknod mktemp more mount mv nice nl nohup nproc od passwd paste perl ' +
    'pidof printenv printf pwd readlink realpath rm rmdir run-parts sed seq setpriv sh sha256sum sha512sum shuf sleep sort split stat ' +
    'stty su sum sync tac tail tar tee test timeout touch tr true truncate tty tzselect umount uname uniq unlink unshare update-alternatives ' +
    'update-rc.d useradd usermod groupadd groupmod wc whereis which who whoami xargs yes zcat zgrep'
  ).split(' '),
);
