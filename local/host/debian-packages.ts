/** The Debian packages that the node is made of, and their installation without side effects. */
import { existsSync } from 'node:fs';
import { run } from '../run';
import { withoutDaemons } from './quiet-daemons';

export const debianPackages = [
  'apt-cacher-ng',
  'ca-certificates',
  'conntrack',
  'containerd',
  'containernetworking-plugins',
  'debian-archive-keyring',
  'docker-registry',
  'etcd-server',
  'git',
  'iproute2',
  'ipset',
  'iptables',
  'kmod',
  'mmdebstrap',
  'nftables',
  'openssl',
  'procps',
  'python3-pip',
  'runc',
  'skopeo',
  'sssd-common',
  'tini',
  'umoci',
  'util-linux',
] as const;

/** Which of the packages are not installed. */
export async function missingPackages(): Promise<string[]> {
  const format = '${db:Status-Status} ${Package}\n';
  const { stdout } = await run('dpkg-query', ['--show', `--showformat=${format}`, ...debianPackages], { reject: false });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice(10)),
  );
  return debianPackages.filter((name) => !installed.has(name));
}

/** What an administrator would type to install them. */
export function installCommand(packages: readonly string[]): string {
  return `apt-get update && apt-get install --no-install-recommends ${packages.join(' ')}`;
}

/** Installs packages; none of their daemons starts on the host, now or at the next boot. */
export async function installPackages(packages: readonly string[], progress: (message: string) => void): Promise<void> {
  const apt = async (...command: string[]): Promise<void> => {
    await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...command], {
      env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      onLine: progress,
    });
  };
  const install = ['install', '--yes', '--no-install-recommends', ...packages];
  await withoutDaemons(packages, async () => {
    try {
      await apt(...install);
    } catch {
      // The package lists are missing, or too old for what the mirror has now.
      await apt('update');
      await apt(...install);
    }
  });
}

/** Whether this machine has Debian's package tools. */
export function hasApt(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query');
}
