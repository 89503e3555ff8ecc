import { readFile } from 'node:fs/promises';
import { cgroupRoot } from '../local/node/cgroups';
import { findProcesses } from '../local/node/processes';

// The kernel's unit of process times (USER_HZ).
const TICKS = 100;

/** Who uses the machine, by the platform's components. */
const COMPONENTS = {
  'API server, etcd, controllers, scheduler': ['kube-apiserver', 'etcd', 'kube-controller-manager', 'kube-scheduler'],
  'containerd, which fetches and unpacks images': ['containerd'],
  kubelet: ['kubelet'],
  'registry and package cache': ['registry', 'package-cache'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const PODS = "pods: builds, contracts, Tekton's own";
const ALL = 'all';

/** Seconds of processors, by who has used them. */
export type ProcessorTime = Readonly<Record<string, number>>;

/** What has been used since the machine was started; what lies between two of these, {@link usedBetween} says. */
export async function processorTime(): Promise<ProcessorTime> {
  const running = await findProcesses();
  const components = await Promise.all(
    Object.entries(COMPONENTS).map(async ([who, names]) => {
      const used = await Promise.all(names.map((name) => secondsOf(running.get(name)?.pid)));
      return [who, used.reduce((sum, each) => sum + each, 0)] as const;
    }),
  );
  return { [PODS]: await secondsOfPods(), ...Object.fromEntries(components), [ALL]: await secondsOfMachine() };
}

/** The largest first, the rest of the machine last. Where a component was started anew meanwhile, what it had used before is in the rest. */
export function usedBetween(before: ProcessorTime, after: ProcessorTime): readonly (readonly [who: string, seconds: number])[] {
  const used = Object.entries(after).map(([who, seconds]) => [who, Math.max(0, seconds - (before[who] ?? 0))] as const);
  const parts = used.filter(([who]) => who !== ALL).toSorted(([, a], [, b]) => b - a);
  const all = used.find(([who]) => who === ALL)?.[1] ?? 0;
  const known = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  return [...parts, ["all else: Pulumi, csb, containers' runtime, the kernel", Math.max(0, all - known)]];
}

async function secondsOf(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function secondsOfPods(): Promise<number> {
  const read = (path: string): Promise<string> => readFile(path, 'utf8');
  // Version 1 of control groups, or 2.
  return read(`/sys/fs/cgroup/cpuacct${cgroupRoot}/kubepods/cpuacct.usage`).then(
    (nanoseconds) => Number(nanoseconds) / 1e9,
    async () => Number(/^usage_usec (\d+)$/m.exec(await read(`/sys/fs/cgroup${cgroupRoot}/kubepods/cpu.stat`))?.[1]) / 1e6,
  );
}

/** Without the time in which processors had nothing to do, or were not given. */
async function secondsOfMachine(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/ +/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / TICKS;
}
