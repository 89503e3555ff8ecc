import { IMAGE_ANNOTATION } from '../tekton/pipeline-run';
import { type Condition, successOf } from './run-evidence';

/** How far something is that takes time. */
export type Progress = 'waiting' | 'running' | 'succeeded' | 'failed';

/** Something that takes time. */
export interface Timed {
  readonly name: string;
  readonly state: Progress;
  /** Milliseconds since 1970, by the cluster's clock; undefined before it has begun. */
  readonly started?: number;
  readonly ended?: number;
}

/** A task of a run, with the steps that its pod has. */
export interface TaskProgress extends Timed {
  readonly steps: readonly Timed[];
}

/** A run, with the tasks that it has begun. */
export interface RunProgress extends Timed {
  readonly tasks: readonly TaskProgress[];
  /** What it says of its end, if it failed: `Failed: Tasks Completed: 1 (Failed: 1 ...` */
  readonly failure?: Pick<Condition, 'reason' | 'message'>;
  /** The image that it puts into the registry, with the digest when it is known. */
  readonly image: string;
  /** 'built', 'found' or the like; empty before it is known. */
  readonly made: string;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Status {
  readonly conditions?: readonly Condition[];
  readonly startTime?: string;
  readonly completionTime?: string;
}

/** A PipelineRun as the cluster has it. */
export interface LiveRun {
  readonly metadata: Metadata;
  readonly status?: Status & { readonly results?: readonly { readonly name: string; readonly value: string }[] };
}

/** A TaskRun as the cluster has it. */
export interface LiveTaskRun {
  readonly metadata: Metadata;
  readonly status?: Status & { readonly steps?: readonly LiveStep[] };
}
interface LiveStep {
  readonly name: string;
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: { readonly exitCode: number; readonly startedAt?: string; readonly finishedAt?: string };
}

/** What a run's objects say of how far it is. */
export function progressOf(run: LiveRun, taskRuns: readonly LiveTaskRun[]): RunProgress {
  const { metadata, status } = run;
  const own = taskRuns.filter((each) => each.metadata.labels?.['tekton.dev/pipelineRun'] === metadata.name);
  const timed = timedOf(metadata.name, status);
  const result = (name: string): string => status?.results?.find((each) => each.name === name)?.value ?? '';
  const image = metadata.annotations?.[IMAGE_ANNOTATION] ?? '';
  const digest = result('digest') || result('found');
  const condition = successOf(status);
  return {
    ...timed,
    tasks: own.map(taskOf).sort((one, other) => (one.started ?? Infinity) - (other.started ?? Infinity)),
    ...(timed.state === 'failed' && { failure: { reason: condition?.reason ?? '', message: condition?.message ?? '' } }),
    // One that is pinned is named by its digest already.
    image: image === '' || image.includes('@') || digest === '' ? image : `${image}@${digest}`,
    made: result('made'),
  };
}

/** Seconds that something has taken by now, or took until it ended; undefined when it has not begun. */
export function secondsOf({ started, ended }: Timed, now = Date.now()): number | undefined {
  return started === undefined ? undefined : Math.max(0, Math.round(((ended ?? now) - started) / 1000));
}

function taskOf({ metadata, status }: LiveTaskRun): TaskProgress {
  const name = metadata.labels?.['tekton.dev/pipelineTask'] ?? metadata.name;
  return { ...timedOf(name, status), steps: (status?.steps ?? []).map(stepOf) };
}

function stepOf({ name, running, terminated }: LiveStep): Timed {
  if (terminated !== undefined)
    return {
      name,
      state: terminated.exitCode === 0 ? 'succeeded' : 'failed',
      ...timeOf('started', terminated.startedAt),
      ...timeOf('ended', terminated.finishedAt),
    };
  return { name, state: running === undefined ? 'waiting' : 'running', ...timeOf('started', running?.startedAt) };
}

function timedOf(name: string, status: Status | undefined): Timed {
  const outcome = successOf(status)?.status;
  const state = outcome === 'True' ? 'succeeded' : outcome === 'False' ? 'failed' : undefined;
  return {
    name,
    state: state ?? (status?.startTime === undefined ? 'waiting' : 'running'),
    ...timeOf('started', status?.startTime),
    ...timeOf('ended', status?.completionTime),
  };
}

function timeOf<K extends string>(key: K, time: string | undefined): Partial<Record<K, number>> {
  return time === undefined ? {} : ({ [key]: Date.parse(time) } as Record<K, number>);
}
