import pc from 'picocolors';
import type { ExpectedTimes } from '../../lib/deploy/expected-times';
import { type RunProgress, secondsOf, type TaskProgress } from '../../lib/deploy/run-progress';
import { cut, duration, shortName } from './words';

/** What a command has come to. */
export interface Situation {
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly began: number;
  /** Changed objects that are no runs. */
  readonly objects: number;
  /** All runs that are declared. */
  readonly declared: number;
  /** Those of them that an earlier `up` made. */
  readonly unchanged: number;
  /** Those that have begun. */
  readonly runs: readonly RunProgress[];
  readonly expected: ExpectedTimes;
}

/** How many columns and lines there are. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The moving part of the picture: the runs that are under way, with their tasks and steps, and all others as numbers. It is never wider
 * nor higher than the room: where there is too little, first tasks are left out, then runs, and their number is said.
 */
export function renderTree(situation: Situation, now: number, { columns, rows }: Room): string[] {
  const { title, began, expected } = situation;
  const running = situation.runs.filter(({ state }) => state === 'running');
  const head = `${title}: ${duration(Math.max(0, Math.round((now - began) / 1000)))}`;
  const room = rows - 3; // head and foot, and the line on which the cursor stands
  const whole = running.flatMap((run) => [runLine(run, expected, now), ...taskLines(run, expected, now)]);
  const runs = running.map((run) => runLine(run, expected, now));
  const fitting = whole.length <= room ? whole : folded(runs, room);
  return [head, ...fitting.map((line) => `  ${line}`), `  ${foot(situation, running.length)}`].map((line, i) => {
    const fits = cut(line, columns - 1);
    return i === 0 ? pc.bold(fits) : fits;
  });
}

function folded(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room) return lines;
  const shown = Math.max(0, room - 1);
  return [...lines.slice(0, shown), `and ${lines.length - shown} more`];
}

const NAME = 34;

function runLine(run: RunProgress, expected: ExpectedTimes, now: number): string {
  return `● ${shortName(run.name).padEnd(NAME)} ${times(secondsOf(run, now), expected.ofRun(run))}`;
}

/** The tasks under way, each with the step that it is at; those that are done are counted by the run's time. */
function taskLines(run: RunProgress, expected: ExpectedTimes, now: number): string[] {
  return run.tasks
    .filter(({ state }) => state === 'running' || state === 'waiting')
    .map((task) => `    ${atStep(task).padEnd(NAME - 2)} ${times(secondsOf(task, now), expected.ofTask(run, task.name))}`);
}

function atStep({ name, steps }: TaskProgress): string {
  const at = steps.findIndex(({ state }) => state === 'running');
  if (at === -1) return steps.some(({ state }) => state !== 'waiting') ? name : `${name}: waits for its pod`;
  return `${name}: ${steps[at]?.name ?? ''}${steps.length === 1 ? '' : ` (${at + 1} of ${steps.length})`}`;
}

function times(seconds: number | undefined, expected: number | undefined): string {
  if (seconds === undefined) return '';
  return expected === undefined ? duration(seconds) : `${duration(seconds)} of about ${duration(expected)}`;
}

function foot({ declared, unchanged, runs, objects }: Situation, running: number): string {
  const count = (wanted: RunProgress['state']): number => runs.filter(({ state }) => state === wanted).length;
  const [succeeded, failed] = [count('succeeded'), count('failed')];
  const waiting = Math.max(0, declared - unchanged - runs.length);
  const parts = [
    [running, 'running'],
    [waiting, 'waiting'],
    [succeeded, 'done'],
    [failed, 'failed'],
    [unchanged, 'as before'],
  ] as const;
  const some = parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  const said = some.length === 0 ? '' : `Runs: ${some.join(', ')}. `;
  return `${said}${objects === 0 ? '' : `Objects: ${objects} changed.`}`.trim();
}
