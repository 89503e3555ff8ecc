/**
 * The control groups that pods run in: one directory of ours in every hierarchy of the host, v1 or v2, so that `clean` knows
 * what to remove after any crash.
 */
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The kubelet's cgroupRoot. */
export const cgroupRoot = '/cloud-services-buildpacks';

/**
 * How much of the processors the pods get beside others, all of them together. Each process outside of any group has the weight of a whole
 * group of the default: beside a few compilers, Tekton's controllers got so little that they lost their leases and began anew.
 */
const WEIGHTS = { 'cpu.shares': '4096', 'cpu.weight': '400' } as const; // 4 times the default of version 1 and of version 2

const read = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );

interface Hierarchy {
  readonly mountPoint: string;
  readonly version: 1 | 2;
}

async function hierarchies(): Promise<Hierarchy[]> {
  const mounts = (await read('/proc/self/mounts')).split('\n').map((line) => line.split(' '));
  return mounts.flatMap(([, mountPoint = '', type]): Hierarchy[] => {
    if (type === 'cgroup') return [{ mountPoint, version: 1 }];
    return type === 'cgroup2' ? [{ mountPoint, version: 2 }] : [];
  });
}

/** Which of the controllers that Kubernetes needs are missing. */
export async function missingControllers(): Promise<string[]> {
  const found = new Set<string>();
  for (const { mountPoint, version } of await hierarchies()) {
    const text =
      version === 2 ? await read(join(mountPoint, 'cgroup.controllers')) : mountPoint.slice(mountPoint.lastIndexOf('/') + 1);
    for (const controller of text.split(/[ ,]/)) found.add(controller);
  }
  return ['cpu', 'cpuset', 'memory', 'pids'].filter((controller) => !found.has(controller));
}

/** Makes our directory in every hierarchy. */
export async function ensureCgroups(): Promise<void> {
  for (const { mountPoint, version } of await hierarchies()) {
    const directory = join(mountPoint, cgroupRoot);
    if (version === 2) {
      const controllers = (await read(join(mountPoint, 'cgroup.controllers'))).split(' ').filter((name) => name !== '');
      for (const controller of controllers) {
        // One by one: a controller that the host cannot delegate must not keep the others away.
        await writeFile(join(mountPoint, 'cgroup.subtree_control'), `+${controller}`).catch(() => undefined);
      }
    }
    await mkdir(directory, { recursive: true });
    // A new cpuset of version 1 is empty, and nothing may run in an empty one.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      const ours = join(directory, file);
      const parents = await read(join(mountPoint, file));
      if (version === 1 && parents !== '' && (await read(ours)) === '') await writeFile(ours, parents);
    }
    for (const [file, weight] of Object.entries(WEIGHTS)) {
      const ours = join(directory, file);
      if ((await read(ours)) !== '') await writeFile(ours, weight);
    }
  }
}

async function removeTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(directory, entry.name));
  // The kernel frees a group a moment after its last process has ended.
  for (let attempt = 0; attempt < 50; attempt++) {
    const failure = await rmdir(directory).then(
      () => undefined,
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    if (failure === undefined || failure === 'ENOENT') return;
    await sleep(100);
  }
  throw new Error(`${directory} cannot be removed: something still runs in it (see its cgroup.procs)`);
}

/** Removes our directories and all groups in them. */
export async function removeCgroups(): Promise<void> {
  for (const { mountPoint } of await hierarchies()) await removeTree(join(mountPoint, cgroupRoot));
}
