import type { Duration } from 'cdk8s';
import type { Arguments } from './params';
import type { Reference } from './reference';
import type { ResultReferences } from './results';

/** How a pipeline uses a task. */
export type TaskUse<P, W extends string, PW extends string> = OwnUse<P> & WorkspaceUse<W, PW>;

interface OwnUse<P> {
  readonly params: Arguments<P>;
  /** Tasks to wait for beside those whose results are used. @default - none */
  readonly runAfter?: readonly PipelineTask<never>[];
  /**
   * It runs when all of these hold, and is skipped otherwise: tasks that only wait for it go on, those that use a result of it are skipped.
   *
   * @default - it always runs
   * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/pipelines.md#guard-task-execution-using-when-expressions
   */
  readonly when?: readonly Condition[];
  /** The longest time it may take. @default - the run's own limit */
  readonly timeout?: Duration;
}

/** That a parameter of the pipeline or a result of an earlier task has one of some values. */
export interface Condition {
  readonly input: Reference;
  readonly in: readonly [string, ...string[]];
}

/** Which workspace of the pipeline serves each workspace of the task; a task without any needs nothing. */
type WorkspaceUse<W extends string, PW extends string> = [W] extends [never]
  ? { readonly workspaces?: undefined }
  : { readonly workspaces: { readonly [K in W]: PW } };

/** A task's place in a pipeline. */
export interface PipelineTask<R> {
  readonly name: string;
  readonly results: ResultReferences<R>;
}
