/** What was done with an object of the cluster. */
export type Operation = 'created' | 'updated' | 'replaced' | 'deleted';

/** How a command ended. */
export interface Summary {
  readonly succeeded: boolean;
  readonly seconds: number;
  /** How many objects, without runs. */
  readonly objects: Readonly<Partial<Record<Operation, number>>>;
  readonly runs: {
    /** How many succeeded, by what they say that they did: 'built', 'rebased', 'found'; 'done' of one that makes no image. */
    readonly succeeded: Readonly<Record<string, number>>;
    /** Their names. */
    readonly failed: readonly string[];
    /** Which were made by an earlier `up`. */
    readonly unchanged: number;
    /** Which were not begun: what they stand on failed, or somebody ended the command. */
    readonly left: number;
  };
}

/**
 * What `up`, `rebuild`, `retry` and `destroy` tell of, one after the other. With `--json` each is a line, with the `time` at which it was
 * told. Names of runs are those of the PipelineRuns, paths those of constructs, seconds whole ones. Who reads it leaves out the events and
 * fields that he does not know: there may come more.
 */
export type ViewEvent =
  | { readonly event: 'begun'; readonly command: string; readonly environment: string; readonly runs: number }
  /** An object, and not a run, was changed. */
  | { readonly event: 'object'; readonly operation: Operation; readonly kind: string; readonly path: string }
  | { readonly event: 'run-started'; readonly run: string; readonly image: string; readonly expectedSeconds?: number }
  | { readonly event: 'task-started'; readonly run: string; readonly task: string; readonly expectedSeconds?: number }
  | { readonly event: 'step-started'; readonly run: string; readonly task: string; readonly step: string }
  | {
      readonly event: 'task-ended';
      readonly run: string;
      readonly task: string;
      readonly succeeded: boolean;
      readonly seconds: number;
    }
  | {
      readonly event: 'run-succeeded';
      readonly run: string;
      /** With its digest. */
      readonly image: string;
      /** 'built', 'rebased', or 'found' when the registry had it already; empty for a run that makes no image. */
      readonly made: string;
      readonly seconds: number;
    }
  /** The lines are the reason, what to do, and the last lines of the step that failed. */
  | { readonly event: 'run-failed'; readonly run: string; readonly lines: readonly string[] }
  | { readonly event: 'message'; readonly severity: 'info' | 'warning' | 'error'; readonly lines: readonly string[] }
  | ({ readonly event: 'ended' } & Summary);
