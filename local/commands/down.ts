/** `down`: stops everything and keeps what the cluster knows. */
import { readdir, readFile } from 'node:fs/promises';
import { readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { componentNames } from '../components/all';
import { withLock } from '../lock';
import { removeCgroups } from '../node/cgroups';
import { removeNetwork } from '../node/network';
import { findProcess, findProcesses, stopProcess } from '../node/processes';

// Processes of pods: inside the node's pid namespace or in one below it, and in one of our control groups.
async function podProcesses(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const groups = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')));
  return pids.filter((_pid, index) => groups[index]?.includes('/cloud-services-buildpacks/kubepods') === true).map(Number);
}

function isInside(pid: number, namespace: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) === namespace;
  } catch {
    return false;
  }
}

async function endPods(): Promise<void> {
  for (const pid of await podProcesses()) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It ended by itself.
    }
  }
  for (let attempt = 0; attempt < 20 && (await podProcesses()).length > 0; attempt++) await sleep(100);
}

/** Stops everything; the caller holds the lock. Returns what was stopped. */
export async function stopPlatform(): Promise<string[]> {
  const running = [...(await findProcesses()).keys()];
  // The kubelet first, or it would start again what we stop; what stores data last, when nobody writes any more.
  await stopProcess('kubelet');
  await endPods();
  const order = componentNames.filter((name) => name !== 'kubelet' && name !== 'etcd' && name !== 'kube-apiserver');
  await Promise.all(order.map((name) => stopProcess(name)));
  await stopProcess('kube-apiserver');
  await stopProcess('etcd');
  const node = await findProcess('node');
  if (node !== undefined) {
    const namespace = readlinkSync(`/proc/${node.pid}/ns/pid`);
    await stopProcess('node', 0);
    // The kernel is still killing what was inside.
    const left = async (): Promise<boolean> =>
      (await readdir('/proc')).some((name) => /^\d+$/.test(name) && isInside(Number(name), namespace));
    for (let attempt = 0; attempt < 100 && (await left()); attempt++) await sleep(50);
  }
  await removeNetwork();
  await removeCgroups();
  return running;
}

export async function down(): Promise<void> {
  await withLock('down', waiting, async () => {
    const stopped = await stopPlatform();
    console.log(stopped.length === 0 ? 'Nothing was running.' : `Stopped ${stopped.join(', ')}. The state is kept.`);
  });
}

export function waiting(holder: string): void {
  console.log(`Waiting: another command changes the platform: ${holder}`);
}
