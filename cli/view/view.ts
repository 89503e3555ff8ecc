import type { EngineEvent } from '@pulumi/pulumi/automation';
import { parseRunName } from '../../lib/deploy/attempts';
import { ExpectedTimes } from '../../lib/deploy/expected-times';
import { type Explain, failureText } from '../../lib/deploy/run-failure';
import { progressOf, type RunProgress, secondsOf } from '../../lib/deploy/run-progress';
import type { RunWatch } from '../../lib/deploy/run-watch';
import { newsOf } from './engine-reader';
import type { Operation, Summary, ViewEvent } from './event';
import type { Output } from './output';
import { RunReader } from './run-reader';

/** What is looked at. */
export interface Viewed {
  readonly command: string;
  readonly environment: string;
  /** Where the runs are. */
  readonly namespace: string;
  /** The names of all declared runs, with any attempt. */
  readonly runs: readonly string[];
  readonly watch: Pick<RunWatch, 'runs' | 'taskRuns'>;
  readonly explain: Explain;
}

/** Puts together what Pulumi's engine and the cluster's runs tell, and tells each thing once. */
export class View {
  private readonly began = Date.now();
  private readonly declared: ReadonlySet<string>;
  /** Runs that had ended before: this command is not about them. */
  private readonly past: ReadonlySet<string>;
  private readonly expected: ExpectedTimes;
  private readonly reader: RunReader;
  private readonly objects: Partial<Record<Operation, number>> = {};
  private readonly unchanged = new Set<string>();
  private readonly failed = new Set<string>();
  private readonly explanations: Promise<void>[] = [];
  private hasBegun = false;
  /** Whether something was told that says why the command failed. */
  private hasReason = false;

  constructor(
    private readonly viewed: Viewed,
    private readonly output: Output,
  ) {
    this.declared = new Set(viewed.runs.map(runOf));
    const ended = this.progress().filter((run) => hasEnded(run));
    this.past = new Set(ended.map(({ name }) => name));
    this.expected = new ExpectedTimes(ended);
    this.reader = new RunReader(this.expected);
  }

  /** Takes an event of Pulumi's engine. */
  hear(event: EngineEvent): void {
    if (!this.hasBegun) {
      const { command, environment } = this.viewed;
      this.tell({ event: 'begun', command, environment, runs: this.declared.size });
    }
    this.hasBegun = true;
    const news = newsOf(event);
    if (news === undefined) return;
    if (news.event === 'run-failed') this.tellFailure(news.run, news.lines);
    else if (news.event === 'run-unchanged') this.unchanged.add(news.path);
    else if (news.event === 'run') {
      const run = progressOf(news.run, this.viewed.watch.taskRuns());
      if (!this.past.has(run.name)) this.read(run);
    } else {
      if (news.event === 'object') this.objects[news.operation] = (this.objects[news.operation] ?? 0) + 1;
      this.tell(news);
    }
  }

  /** Looks what the runs have come to, and shows it. */
  look(): void {
    for (const run of this.progress()) if (this.declared.has(runOf(run.name)) && !this.past.has(run.name)) this.read(run);
    const { command, environment } = this.viewed;
    if (!this.hasBegun) return;
    this.output.repaint({
      title: `${command} of '${environment}'`,
      began: this.began,
      objects: Object.values(this.objects).reduce((sum, count) => sum + count, 0),
      declared: this.declared.size,
      unchanged: this.unchanged.size,
      runs: this.reader.runs,
      expected: this.expected,
    });
  }

  /** Says something that is neither of an object nor of a run. */
  say(...lines: readonly string[]): void {
    this.tell({ event: 'message', severity: 'info', lines });
  }

  /**
   * Tells the end, when all reasons have been.
   *
   * @returns whether something was told that says why the command failed
   */
  async end(succeeded: boolean): Promise<boolean> {
    this.look();
    await Promise.all(this.explanations);
    this.tell({ event: 'ended', ...this.summary(succeeded) });
    return this.hasReason;
  }

  private summary(succeeded: boolean): Summary {
    const made: Record<string, number> = {};
    for (const run of this.reader.runs.filter(({ state }) => state === 'succeeded'))
      made[run.made || 'done'] = (made[run.made || 'done'] ?? 0) + 1;
    const unfinished = this.declared.size - this.unchanged.size - this.reader.runs.length;
    const seconds = secondsOf({ name: '', state: 'succeeded', started: this.began }) ?? 0;
    return {
      succeeded,
      seconds,
      objects: this.objects,
      runs: { succeeded: made, failed: [...this.failed], unchanged: this.unchanged.size, left: Math.max(0, unfinished) },
    };
  }

  private progress(): readonly RunProgress[] {
    const { watch } = this.viewed;
    const taskRuns = watch.taskRuns();
    return watch.runs().map((run) => progressOf(run, taskRuns));
  }

  private read(run: RunProgress): void {
    for (const event of this.reader.read(run)) this.tell(event);
    if (run.failure === undefined || this.failed.has(run.name)) return;
    const { namespace, explain } = this.viewed;
    this.failed.add(run.name);
    const text = failureText({ name: run.name, namespace }, run.failure, explain);
    const told = text.then((words) => {
      this.tell({ event: 'run-failed', run: run.name, lines: words.split('\n') });
    });
    this.explanations.push(told);
  }

  /** What the program says of a run's failure: it asks the same as we do, and says it later, but for runs that had failed before. */
  private tellFailure(run: string, lines: readonly string[]): void {
    if (this.failed.has(run)) return;
    this.failed.add(run);
    this.tell({ event: 'run-failed', run, lines });
  }

  private tell(event: ViewEvent): void {
    if (event.event === 'run-failed' || (event.event === 'message' && event.severity === 'error')) this.hasReason = true;
    this.output.tell(event);
  }
}

const runOf = (name: string): string => parseRunName(name)?.run ?? name;
const hasEnded = ({ state }: RunProgress): boolean => state === 'succeeded' || state === 'failed';
