/**
 * Finds the platform's processes by what the kernel says of them. Every one carries markers in its environment: whose it is,
 * which component, and the process id it had when it was started. Children inherit the markers but have another id, and a
 * recycled id has no markers, so there are no pid files to lose, to trust or to clean.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { statePath } from '../directories';

export interface PlatformProcess {
  /** The component's name, or `node` for the first process of the node's namespaces. */
  readonly component: string;
  /** The process id as the host sees it. */
  readonly pid: number;
  /** When it started. */
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

async function identify(pid: string): Promise<PlatformProcess | undefined> {
  try {
    const environment = await readEnvironment(pid);
    if (environment.get('CSB_STATE') !== statePath()) return undefined;
    const component = environment.get('CSB_COMPONENT');
    const started = environment.get('CSB_PID');
    if (component === undefined || started === undefined) return undefined;
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    // The last number is the id in the innermost namespace, which is the one that the launching shell saw.
    const own = /^NSpid:.*\s(\d+)$/m.exec(status)?.[1];
    if (own !== started) return undefined;
    const { ctime } = await stat(`/proc/${pid}`);
    return { component, pid: Number(pid), since: ctime, definition: environment.get('CSB_DEFINITION') ?? '' };
  } catch {
    // The process ended while we looked at it, or belongs to somebody whom we may not ask.
    return undefined;
  }
}

/** All processes of this state directory's platform, by component. */
export async function findProcesses(): Promise<Map<string, PlatformProcess>> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(identify));
  return new Map(found.filter((process) => process !== undefined).map((process) => [process.component, process]));
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
    if (now?.component !== component) return true;
    if (Date.now() > deadline) signal(running.pid, 'SIGKILL');
    await sleep(50);
  }
}
