import { readdirSync, readFileSync } from 'node:fs';

/** Marks the process tree of an `up`: Pulumi's CLI, its language host, its providers. */
export const UP_VARIABLE = 'CSB_UP';

/** What an `up` of this process writes into the variable: the stack in its backend, and this process, which no other one can be. */
export function upMarker(backend: string, stack: string): string {
  return `${backend}|${stack}|${process.pid}|${startTime(process.pid) ?? ''}`;
}

/**
 * Ends what killed `up`s of a stack left running: language hosts and providers do not notice that Pulumi's CLI was killed.
 *
 * What belongs to a living `csb` is left alone, and so is everything of other stacks and backends.
 *
 * @returns how many processes were ended
 */
export function endOrphans(backend: string, stack: string): number {
  const orphans = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const [ofBackend, ofStack, owner, since] = markerOf(pid)?.split('|') ?? [];
      return ofBackend === backend && ofStack === stack && startTime(Number(owner)) !== since;
    });
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
  return orphans.length;
}

function markerOf(pid: number): string | undefined {
  const variables = read(`/proc/${pid}/environ`)?.split('\0') ?? [];
  return variables.find((each) => each.startsWith(`${UP_VARIABLE}=`))?.slice(UP_VARIABLE.length + 1);
}

/** When a process started, in clock ticks since boot (proc(5), stat, field 22); undefined when there is no such process. */
function startTime(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // gone, or of another user
  }
}
