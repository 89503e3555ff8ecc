import { readdirSync } from 'node:fs';
import { type Process, processOf, variableOf } from './processes';

/** Marks the process tree of an `up`: Pulumi's CLI, its language host, its plugins. */
export const UP_VARIABLE = 'CSB_UP';

/** What this process writes into the variable: the stack in its backend, and who it is itself. */
export function upMarker(backend: string, stack: string): string {
  const own = processOf(process.pid);
  return `${stackPart(backend, stack)}${own === undefined ? '' : identityOf(own)}`;
}

/**
 * Ends what killed `up`s and previews of a stack left running: neither language hosts nor the Kubernetes plugin notice that Pulumi's CLI was
 * killed.
 *
 * Left alone is what runs below the csb that started it, or below a `pulumi` of the same stack, which goes on when its csb was killed; and
 * everything of other stacks, backends and programs.
 *
 * @returns how many processes were ended
 */
export function endOrphans(backend: string, stack: string): number {
  const wanted = stackPart(backend, stack);
  const orphans = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? [])
    .filter((each) => {
      const marker = variableOf(each.pid, UP_VARIABLE);
      return marker?.startsWith(wanted) === true && !isBelowLiving(each, marker);
    });
  for (const { pid, start } of orphans) {
    if (processOf(pid)?.start !== start) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
  return orphans.length;
}

/**
 * Whether a process may be of an `up` of a stack, by its marker. A `pulumi` without one somebody has called himself, for whichever stack.
 */
export function mayBeOf(backend: string, stack: string, pid: number): boolean {
  const marker = variableOf(pid, UP_VARIABLE);
  return marker?.startsWith(stackPart(backend, stack)) ?? processOf(pid)?.name === 'pulumi';
}

/** Who loses his parent becomes a child of init: above him nobody is left who started him. */
function isBelowLiving(process: Process, marker: string): boolean {
  for (let each: Process | undefined = process; each !== undefined && each.pid > 1; each = processOf(each.parent)) {
    if (marker.endsWith(`|${identityOf(each)}`)) return true;
    if (each.name === 'pulumi' && variableOf(each.pid, UP_VARIABLE) === marker) return true;
  }
  return false;
}

const stackPart = (backend: string, stack: string): string => `${backend}|${stack}|`;
const identityOf = ({ pid, start }: Process): string => `${pid}.${start}`;
