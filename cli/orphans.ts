import { readdirSync, readFileSync } from 'node:fs';

/** Marks the process tree of an `up`: Pulumi's CLI, its language host, its plugins. */
export const UP_VARIABLE = 'CSB_UP';

/** What an `up` writes into the variable: the stack in its backend. */
export function upMarker(backend: string, stack: string): string {
  return `${backend}|${stack}`;
}

/**
 * Ends what killed `up`s and previews of a stack left running: neither language hosts nor the Kubernetes plugin notice that Pulumi's CLI was
 * killed.
 *
 * What a living CLI has started is left alone, and so is everything of other stacks and backends.
 *
 * @returns how many processes were ended
 */
export function endOrphans(backend: string, stack: string): number {
  const marker = `${UP_VARIABLE}=${upMarker(backend, stack)}`;
  const marked = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => read(pid, 'environ')?.split('\0').includes(marker));
  const orphans = marked.filter((pid) => !isOfLivingCli(pid));
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
  return orphans.length;
}

/** Whether a process is Pulumi's CLI, or has been started by one that lives: who loses his parent becomes a child of init. */
function isOfLivingCli(pid: number): boolean {
  for (let each = pid; each > 1;) {
    // proc(5): pid (comm) state ppid ...; comm may have blanks and parentheses.
    const stat = read(each, 'stat');
    const [, comm, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat ?? '') ?? [];
    if (comm === 'pulumi') return true;
    each = Number(parent ?? 0);
  }
  return false;
}

function read(pid: number, file: 'environ' | 'stat'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // gone, or of another user
  }
}
