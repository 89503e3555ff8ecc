/** Steps that run at the same time, each as soon as the steps it needs are done. */
import type { ListrTask } from 'listr2';

export interface Step {
  readonly name: string;
  readonly title: string;
  /** Names of steps that must be done before. */
  readonly after: readonly string[];
  readonly work: (progress: (message: string) => void) => Promise<void>;
}

interface Milestone {
  readonly promise: Promise<void>;
  readonly settle: (failure?: Error) => void;
}

function milestone(): Milestone {
  let settle: Milestone['settle'] = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = (failure) => {
      if (failure === undefined) resolve();
      else reject(failure);
    };
  });
  // Nobody may be waiting for a step that fails.
  promise.catch(() => undefined);
  return { promise, settle };
}

/** Steps as tasks of a progress list; a failed step fails those that wait for it. */
export function concurrentTasks<Context extends object>(steps: readonly Step[]): ListrTask<Context>[] {
  const milestones = new Map(steps.map(({ name }) => [name, milestone()]));
  const find = (name: string): Milestone => {
    const found = milestones.get(name);
    if (found === undefined) throw new Error(`a step waits for "${name}", which is not a step`);
    return found;
  };
  return steps.map(({ name, title, after, work }) => {
    // The failure itself is told by the step that failed; those that wait for it only say for which.
    const waitsFor = after.map((other) =>
      find(other).promise.catch(() => {
        throw new Error(`not done, because it needs ${other}`);
      }),
    );
    for (const promise of waitsFor) promise.catch(() => undefined);
    return {
      title,
      task: async (_context, task) => {
        try {
          await Promise.all(waitsFor);
          await work((message) => (task.output = message));
          find(name).settle();
        } catch (failure) {
          find(name).settle(failure instanceof Error ? failure : new Error('failed'));
          throw failure;
        }
      },
    };
  });
}
