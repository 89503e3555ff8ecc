/**
 * Finds the platform's processes by what the kernel says of them. Every one carries markers in its environment: whose it is,
 * which component, and the process id it had when it was started. Children inherit the markers but have another id, and a
 * recycled id has no markers, so there are no pid files to lose, to trust or to clean.
 */
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { statePath } from '../directories';

export interface PlatformProcess {
  /** The component's name, or `node` for the first process of the node's namespaces. */
  readonly component: string;
  /** The process id as the host sees it. */
  readonly pid: number;
  /** When it started, to some hundredths of a second. */
  readonly since: Date;
  /** The hash of the definition it was started with; empty for `node`. */
  readonly definition: string;
}

/** The environment that marks a process; `CSB_PID` is added by the launching shell, which knows its own id. */
export function markers(component: string, definition: string): Record<string, string> {
  return { CSB_STATE: statePath(), CSB_COMPONENT: component, CSB_DEFINITION: definition };
}

async function readEnvironment(pid: string): Promise<Map<string, string>> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8');
  return new Map(
    text
      .split('\0')
      .filter((entry) => entry.startsWith('CSB_'))
      .map((entry): [string, string] => {
        const at = entry.indexOf('=');
        return [entry.slice(0, at), entry.slice(at + 1)];
      }),
  );
}

// The kernel's unit of process times (USER_HZ), which is the same on every architecture that Debian and Node.js share.
const TICK = 10;

/** When the machine was booted: `btime` tells the second, the uptime its fraction. */
async function bootTime(): Promise<number> {
  const second = Number(/^btime (\d+)$/m.exec(await readFile('/proc/stat', 'utf8'))?.[1]) * 1000;
  const uptime = Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0]) * 1000;
  const exact = Date.now() - uptime;
  // In some containers the uptime is the container's own; then the second has to do.
  return Math.abs(exact - second) < 2000 ? exact : second;
}

async function startTime(pid: string): Promise<Date> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Field 22; the second field is the program's name, which may contain spaces and parentheses.
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  return new Date((await bootTime()) + ticks * TICK);
}

async function identify(pid: string): Promise<(PlatformProcess & { readonly state: string }) | undefined> {
  try {
    const environment = await readEnvironment(pid);
    const state = environment.get('CSB_STATE');
    if (state === undefined) return undefined;
    const component = environment.get('CSB_COMPONENT');
    const started = environment.get('CSB_PID');
    if (component === undefined || started === undefined) return undefined;
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    // The last number is the id in the innermost namespace, which is the one that the launching shell saw.
    const own = /^NSpid:.*\s(\d+)$/m.exec(status)?.[1];
    if (own !== started) return undefined;
    return {
      state,
      component,
      pid: Number(pid),
      since: await startTime(pid),
      definition: environment.get('CSB_DEFINITION') ?? '',
    };
  } catch {
    // The process ended while we looked at it, or belongs to somebody whom we may not ask.
    return undefined;
  }
}

async function identifyAll(): Promise<(PlatformProcess & { readonly state: string })[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(identify))).filter((process) => process !== undefined);
}

/** All processes of this state directory's platform, by component. */
export async function findProcesses(): Promise<Map<string, PlatformProcess>> {
  const ours = (await identifyAll()).filter(({ state }) => state === statePath());
  return new Map(ours.map((process) => [process.component, process]));
}

/**
 * Fails while the platform of another state directory runs: the interface, the addresses and the control groups have the same names
 * for every state directory, so that whoever starts, stops or cleans one platform would do it to the other.
 */
export async function refuseOtherPlatform(): Promise<void> {
  const other = (await identifyAll()).find(({ state }) => state !== statePath());
  if (other === undefined) return;
  throw new Error(
    `another embedded platform runs on this machine, which has room for one: process ${other.pid} (${other.component}) with the state ` +
      `directory ${other.state}, while this command's is ${statePath()}. To stop it, run in this checkout or in its own: ` +
      `XDG_STATE_HOME=${dirname(other.state)} npm run local -- down`,
  );
}

/** The process of one component, if it runs. */
export async function findProcess(component: string): Promise<PlatformProcess | undefined> {
  return (await findProcesses()).get(component);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone: what was wanted.
  }
}

/** Stops a component: SIGTERM, and SIGKILL when it has not ended after `graceSeconds`. */
export async function stopProcess(component: string, graceSeconds = 10): Promise<boolean> {
  const running = await findProcess(component);
  if (running === undefined) return false;
  signal(running.pid, graceSeconds > 0 ? 'SIGTERM' : 'SIGKILL');
  const deadline = Date.now() + graceSeconds * 1000;
  for (;;) {
    const now = await identify(String(running.pid));
    if (now?.component !== component || now.state !== statePath()) return true;
    if (Date.now() > deadline) signal(running.pid, 'SIGKILL');
    await sleep(50);
  }
}
