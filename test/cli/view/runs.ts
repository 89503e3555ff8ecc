import type { RunProgress, TaskProgress } from '../../../lib/deploy/run-progress';

const SECOND = 1000;
export const T = Date.parse('2026-11-26T01:00:00Z');
/** A moment, in seconds after the first. */
export const at = (seconds: number): number => T + seconds * SECOND;

/** A run that began at the first moment. */
export function run(name: string, given: Partial<RunProgress> = {}): RunProgress {
  return { name, state: 'running', started: T, tasks: [], image: `registry/${name}`, made: '', ...given };
}

/** A task that began at the first moment. */
export function task(name: string, given: Partial<TaskProgress> = {}): TaskProgress {
  return { name, state: 'running', started: T, steps: [], ...given };
}
