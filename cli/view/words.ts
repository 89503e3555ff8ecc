import { kindOf } from '../../lib/deploy/expected-times';
import { parseRunName } from '../../lib/deploy/attempts';
import type { Summary, ViewEvent } from './event';

/** `59 s`, `6 min 40 s`, `1 h 5 min` */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** ` (last time 6 min 40 s)`, or nothing when there was none. */
export function lastTime(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` (last time ${duration(seconds)})`;
}

/** A run as it is called where there is little room: without the hash, and without the attempt when it is the first. */
export function shortName(run: string): string {
  const attempt = parseRunName(run)?.attempt ?? 1;
  return attempt === 1 ? kindOf(run) : `${kindOf(run)} (attempt ${attempt})`;
}

/** A line that does not go beyond the width. */
export function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/** How a command ended: which runs failed, and what it has changed, in at most three lines. */
export function summaryLines({ succeeded, seconds, objects, runs }: Summary): string[] {
  const counts = (what: string, numbers: Readonly<Record<string, number>>): string[] => {
    const some = Object.entries(numbers).map(([done, count]) => `${count} ${done}`);
    return some.length === 0 ? [] : [`${what}: ${some.join(', ')}.`];
  };
  const changes = [...counts('Runs', runs.succeeded), ...counts('Objects', objects)];
  const { failed, left } = runs;
  return [
    ...(failed.length === 0 ? [] : [`${failed.length === 1 ? 'A run' : `${failed.length} runs`} failed: ${failed.join(', ')}.`]),
    ...(left > 0 && !succeeded ? [`${left === 1 ? 'One more was' : `${left} more were`} not begun.`] : []),
    ...(succeeded && changes.length === 0 ? ['Nothing changed.'] : []),
    ...(changes.length === 0 ? [] : [`${changes.join(' ')} It took ${duration(seconds)}.`]),
  ];
}

/** Objects that are gone or were made anew are named; others are counted, and so are runs, which go when there is another one. */
export function isWorthALine({ operation, kind }: Extract<ViewEvent, { event: 'object' }>): boolean {
  return operation === 'replaced' || (operation === 'deleted' && kind !== 'PipelineRun');
}
