/**
 * Keeps the daemons of packages from starting on the host while they are installed: we run them ourselves, in the node. Debian's
 * own switch for that is a policy-rc.d that answers 101; systemd units are disabled besides, or they would start at the next boot.
 */
import { existsSync } from 'node:fs';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { run } from '../run';

const POLICY = '/usr/sbin/policy-rc.d';
const SAVED = `${POLICY}.before-cloud-services-buildpacks`;
const OURS = '#!/bin/sh\n# Made by cloud-services-buildpacks while it installs packages; removed afterwards.\nexit 101\n';

// Packages of our list that bring units which Debian enables by itself.
const units: Readonly<Record<string, readonly string[]>> = {
  'apt-cacher-ng': ['apt-cacher-ng.service', 'apt-cacher-ng.socket'],
  containerd: ['containerd.service'],
  'docker-registry': ['docker-registry.service'],
  'etcd-server': ['etcd.service'],
  'sssd-common': ['sssd.service', 'sssd-nss.socket', 'sssd-nss.service'],
  nftables: ['nftables.service'],
};

/** Puts the host's own policy back, also after an installation that was killed. */
export async function restoreDaemonPolicy(): Promise<void> {
  const current = await readFile(POLICY, 'utf8').catch(() => '');
  if (current === OURS) await rm(POLICY, { force: true });
  if (existsSync(SAVED)) await rename(SAVED, POLICY);
}

/** Runs an installation of packages while no daemon may start. */
export async function withoutDaemons(packages: readonly string[], install: () => Promise<void>): Promise<void> {
  await restoreDaemonPolicy();
  if (existsSync(POLICY)) await rename(POLICY, SAVED);
  await writeFile(POLICY, OURS);
  await chmod(POLICY, 0o755);
  try {
    await install();
  } finally {
    await restoreDaemonPolicy();
  }
  if (!existsSync('/run/systemd/system')) return;
  for (const unit of packages.flatMap((name) => units[name] ?? [])) {
    // Only units of packages that were missing until now: a daemon that the host already had stays as it is.
    await run('systemctl', ['disable', '--now', unit], { reject: false });
  }
}
