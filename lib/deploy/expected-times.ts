import { parseRunName } from './attempts';
import { type RunProgress, secondsOf } from './run-progress';

/** How long runs and their tasks took the last time that they went well, as far as the cluster still has the objects of it. */
export class ExpectedTimes {
  private readonly earlier: readonly RunProgress[];

  /** @param runs - in any order; only those that succeeded count */
  constructor(runs: readonly RunProgress[]) {
    this.earlier = runs.filter(({ state }) => state === 'succeeded').sort((one, other) => (other.ended ?? 0) - (one.ended ?? 0));
  }

  /** Seconds of the last run of the same name that did what this one has begun: one that found its image says nothing of one that builds. */
  ofRun(run: RunProgress): number | undefined {
    const begun = run.tasks.map(({ name }) => name);
    const same = this.sameAs(run).find(({ tasks }) => begun.every((task) => tasks.some(({ name }) => name === task)));
    return same && secondsOf(same);
  }

  /** Seconds of a task the last time that a run of the same name had it. */
  ofTask(run: RunProgress, task: string): number | undefined {
    const same = this.sameAs(run).flatMap(({ tasks }) => tasks.filter(({ name }) => name === task))[0];
    return same && secondsOf(same);
  }

  /**
   * Seconds of the last run of a name, in whichever form it was declared, that did the same.
   *
   * @param run - with or without the attempt
   * @param made - as runs say it in their result: `found`, `rebased` or `built`
   */
  ofMade(run: string, made: string): number | undefined {
    const same = this.earlier.find((each) => each.made === made && kindOf(each.name) === kindOf(run));
    return same && secondsOf(same);
  }

  private sameAs({ name }: RunProgress): readonly RunProgress[] {
    return this.earlier.filter((each) => each.name !== name && kindOf(each.name) === kindOf(name));
  }
}

/** `bookworm-base` of `bookworm-base-aced1081ae-2`: runs of one name make the same thing, from one declaration or another. */
export function kindOf(name: string): string {
  return (parseRunName(name)?.run ?? name).replace(/-[0-9a-f]{10}$/, '');
}
