import type { Duration } from 'cdk8s';
import type { Arguments } from './params';
import type { ResultReferences } from './results';

/** How a pipeline uses a task. */
export type TaskUse<P, W extends string, PW extends string> = OwnUse<P> & WorkspaceUse<W, PW>;

interface OwnUse<P> {
  readonly params: Arguments<P>;
  /** Tasks to wait for beside those whose results are used. @default - none */
  readonly runAfter?: readonly PipelineTask<never>[];
  /** The longest time it may take. @default - the run's own limit */
  readonly timeout?: Duration;
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
