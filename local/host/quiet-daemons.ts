/**
 * Keeps the daemons of packages from starting on the host while they are installed: we run them ourselves, in the node. Debian's
 * own switch for that is a policy-rc.d that answers 101; systemd units are disabled besides, or they would start at the next boot.
 *
 * Ours names the packages it stands for, so that it is the record of an unfinished installation as well: whatever was killed in
 * the middle of one, the next command finds it, finishes it and takes it away.
 */
import { existsSync } from 'node:fs';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../run';

const POLICY = '/usr/sbin/policy-rc.d';
const SAVED = `${POLICY}.before-cloud-services-buildpacks`;
const SIGNATURE = '# Made by cloud-services-buildpacks while it installs';

// Packages of our list that bring units which Debian enables by itself.
const units: Readonly<Record<string, readonly string[]>> = {
  'apt-cacher-ng': ['apt-cacher-ng.service', 'apt-cacher-ng.socket'],
  containerd: ['containerd.service'],
  'docker-registry': ['docker-registry.service'],
  'etcd-server': ['etcd.service'],
  'sssd-common': ['sssd.service', 'sssd-nss.socket', 'sssd-nss.service'],
  nftables: ['nftables.service'],
};

/** The packages of an installation that has begun and not ended; without one, undefined. */
async function unfinished(): Promise<string[] | undefined> {
  const line = (await readFile(POLICY, 'utf8').catch(() => '')).split('\n').find((each) => each.startsWith(SIGNATURE));
  return line
    ?.slice(SIGNATURE.length)
    .split(/[ ;]/)
    .filter((word) => /^[a-z0-9][a-z0-9.+-]+$/.test(word));
}

async function begin(packages: readonly string[]): Promise<void> {
  // Complete before it has the name, and the host's own is not without a name for a moment only.
  const draft = `${POLICY}.draft-of-cloud-services-buildpacks`;
  await writeFile(draft, `#!/bin/sh\n${SIGNATURE} ${packages.join(' ')}\nexit 101\n`);
  await chmod(draft, 0o755);
  if (existsSync(POLICY)) await rename(POLICY, SAVED);
  await rename(draft, POLICY);
}

/** Has dpkg set up what it has unpacked; it may still be at it, for a killed command does not take its apt along. */
async function configure(): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await run('dpkg', ['--configure', '-a', '--force-confdef', '--force-confold'], {
        env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      });
      return;
    } catch (error) {
      if (!(error as Error).message.includes('lock') || attempt >= 300) throw error;
      await sleep(1000);
    }
  }
}

async function end(packages: readonly string[]): Promise<void> {
  if (existsSync('/run/systemd/system')) {
    for (const unit of packages.flatMap((name) => units[name] ?? [])) {
      // Only units of packages that were missing until now: a daemon that the host already had stays as it is.
      await run('systemctl', ['disable', '--now', unit], { reject: false });
    }
  }
  // Last: as long as it stands, there is something to finish.
  await rm(POLICY, { force: true });
}

/** Whether a killed command has left something for `finishInstallation`. */
export async function isInstallationUnfinished(): Promise<boolean> {
  return existsSync(SAVED) || (await unfinished()) !== undefined;
}

/** Finishes what a killed command has left of an installation, and puts the host's own policy back. */
export async function finishInstallation(): Promise<void> {
  const packages = await unfinished();
  if (packages !== undefined) {
    await configure();
    await end(packages);
  }
  if (existsSync(SAVED)) await rename(SAVED, POLICY);
}

/** Runs an installation of packages while no daemon may start; also when it fails, what it has installed so far stays quiet. */
export async function withoutDaemons(packages: readonly string[], install: () => Promise<void>): Promise<void> {
  await finishInstallation();
  await begin(packages);
  try {
    await install();
  } finally {
    await end(packages);
    if (existsSync(SAVED)) await rename(SAVED, POLICY);
  }
}
