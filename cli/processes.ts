import { readFileSync } from 'node:fs';

/** A process of this machine. Pids are used again: pid and start together are one process. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The first 15 bytes of its program's file name, or what it calls itself. */
  readonly name: string;
  /** When it began, in hundredths of a second since the machine did. */
  readonly start: number;
}

/** The process that has this pid now; undefined when none has, or one that has ended and only waits to be noticed by its parent. */
export function processOf(pid: number): Process | undefined {
  // proc_pid_stat(5): pid (comm) state ppid ..., the 22nd is starttime; comm may have blanks and parentheses.
  const [, name, state, parent, rest] = /^\d+ \((.*)\) (\S) (\d+) (.*)/s.exec(read(`${pid}/stat`) ?? '') ?? [];
  if (name === undefined || state === 'Z' || state === 'X') return undefined;
  return { pid, parent: Number(parent), name, start: Number(rest?.split(' ')[17]) };
}

/** A variable of the environment that a process was started with; undefined when it has none, is gone, or of another user. */
export function variableOf(pid: number, name: string): string | undefined {
  const found = read(`${pid}/environ`)
    ?.split('\0')
    .find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** Seconds that the machine's idea of its own beginning may move by, as clocks are set. */
const CLOCK = 2;

/**
 * Whether the process that had this pid at a time is running still: what began later has only got its number. By the clock as it is now: when it
 * was set forward since, what runs still seems to have begun later.
 */
export function isRunningSince(pid: number, time: Date): boolean {
  const found = processOf(pid);
  if (found === undefined) return false;
  const boot = Number(/^btime (\d+)$/m.exec(read('stat') ?? '')?.[1]);
  // Where one of the two cannot be told, it is taken to be running.
  return !(boot + found.start / 100 > time.getTime() / 1000 + CLOCK);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
