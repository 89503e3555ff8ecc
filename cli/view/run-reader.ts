import type { ExpectedTimes } from '../../lib/deploy/expected-times';
import { type RunProgress, secondsOf, type TaskProgress, type Timed } from '../../lib/deploy/run-progress';
import type { ViewEvent } from './event';

/** Reads from what runs are, again and again, what has happened to them meanwhile: each thing once. */
export class RunReader {
  private readonly known = new Map<string, RunProgress>();

  constructor(private readonly expected: ExpectedTimes) {}

  /** The runs that have been seen, in the order in which they began. */
  get runs(): readonly RunProgress[] {
    return [...this.known.values()];
  }

  /** What has happened to a run since it was read last. Nothing more happens to one that has ended; a failure is told by who knows its reason. */
  read(run: RunProgress): ViewEvent[] {
    const before = this.known.get(run.name);
    if (hasEnded(before) || run.state === 'waiting') return [];
    this.known.set(run.name, run);
    const events: ViewEvent[] = [];
    if (before === undefined)
      events.push({
        event: 'run-started',
        run: run.name,
        image: run.image,
        ...expectedSeconds(this.expected.ofRun(run)),
      });
    for (const task of run.tasks)
      events.push(
        ...this.readTask(
          run,
          task,
          before?.tasks.find(({ name }) => name === task.name),
        ),
      );
    if (run.state === 'succeeded')
      events.push({
        event: 'run-succeeded',
        run: run.name,
        image: run.image,
        made: run.made,
        seconds: secondsOf(run) ?? 0,
      });
    return events;
  }

  private readTask(run: RunProgress, task: TaskProgress, before: TaskProgress | undefined): ViewEvent[] {
    const at = { run: run.name, task: task.name };
    const events: ViewEvent[] = [];
    if (hasBegun(task) && !hasBegun(before))
      events.push({ event: 'task-started', ...at, ...expectedSeconds(this.expected.ofTask(run, task.name)) });
    for (const [i, step] of task.steps.entries())
      if (hasBegun(step) && !hasBegun(before?.steps[i])) events.push({ event: 'step-started', ...at, step: step.name });
    if (hasEnded(task) && !hasEnded(before))
      events.push({ event: 'task-ended', ...at, succeeded: task.state === 'succeeded', seconds: secondsOf(task) ?? 0 });
    return events;
  }
}

const hasBegun = (timed: Timed | undefined): boolean => timed !== undefined && timed.state !== 'waiting';
const hasEnded = (timed: Timed | undefined): boolean => timed?.state === 'succeeded' || timed?.state === 'failed';

function expectedSeconds(seconds: number | undefined): { readonly expectedSeconds?: number } {
  return seconds === undefined ? {} : { expectedSeconds: seconds };
}
