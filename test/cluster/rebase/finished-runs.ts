import { kubectl } from '../checkout';

/** A pipeline run that has ended well. */
export interface FinishedRun {
  /** Its name without the attempt. */
  readonly run: string;
  /** The same without the hash, such as `bookworm-run-image`. */
  readonly id: string;
  /** `built`, `rebased` or `found`. */
  readonly made: string;
  /** The image's repository, without the registry's host. */
  readonly repository: string;
  /** The tag that is its address. */
  readonly tag: string;
  readonly digest: string;
  /** What its contract found, in words. Empty for a run without one. */
  readonly contract: string;
  readonly started: number;
  readonly ended: number;
  /** The task that made the image, with the seconds of its pod. Undefined when it was found. */
  readonly making?: { readonly seconds: number; readonly ended: number };
  /** Which tasks ran. */
  readonly tasks: readonly string[];
  /** Seconds of each step, as `task step`. */
  readonly steps: Readonly<Record<string, number>>;
}

/** What is used of a run of a pipeline or a task. */
export interface Ended {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly status: {
    readonly startTime: string;
    readonly completionTime: string;
    readonly results?: readonly { readonly name: string; readonly value: string }[];
    readonly steps?: readonly {
      readonly name: string;
      readonly terminated: { readonly startedAt: string; readonly finishedAt: string };
    }[];
  };
}

const IMAGE = 'cloud-services-buildpacks.toolforge.org/image';
/** The tasks of a pipeline that make no image. */
const ASIDE: readonly string[] = ['look-up', 'digest', 'contract', 'promotion'];
const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;
const taskOf = ({ metadata }: Ended): string => metadata.labels?.['tekton.dev/pipelineTask'] ?? '';

function list(kind: string, namespace: string): Ended[] {
  return (JSON.parse(kubectl('get', kind, '--namespace', namespace, '--output=json')) as { items: Ended[] }).items;
}

/** The runs that a namespace has, in the order in which they started; all have ended well, or `up` would have failed. */
export function finishedRuns(namespace: string): FinishedRun[] {
  const taskRuns = list('taskruns', namespace);
  return list('pipelineruns', namespace)
    .map((run) => finishedRun(run, taskRuns))
    .sort((a, b) => a.started - b.started);
}

/** Those of them that put one image into the registry. */
export const imageRuns = (namespace: string): FinishedRun[] =>
  finishedRuns(namespace).filter(({ repository }) => repository !== '');

/** @param taskRuns - those of its tasks, perhaps among others */
export function finishedRun({ metadata: { name, annotations }, status }: Ended, taskRuns: readonly Ended[]): FinishedRun {
  const result = (wanted: string): string => status.results?.find((each) => each.name === wanted)?.value ?? '';
  const own = taskRuns.filter(({ metadata }) => metadata.labels?.['tekton.dev/pipelineRun'] === name);
  const maker = own.find((each) => !ASIDE.includes(taskOf(each)))?.status;
  const [, repository = '', tag = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(annotations?.[IMAGE] ?? '') ?? [];
  return {
    run: name.replace(/-\d+$/, ''),
    id: name.replace(/-[0-9a-f]{10}-\d+$/, ''),
    made: result('made'),
    repository,
    tag,
    // Most pipelines say it under another name when nothing was built.
    digest: result('digest') || result('found'),
    contract: result('contract'),
    started: Date.parse(status.startTime),
    ended: Date.parse(status.completionTime),
    ...(maker && {
      making: { seconds: secondsBetween(maker.startTime, maker.completionTime), ended: Date.parse(maker.completionTime) },
    }),
    tasks: own.map(taskOf),
    steps: Object.fromEntries(
      own.flatMap((each) =>
        (each.status.steps ?? []).map(({ name: step, terminated }) => [
          `${taskOf(each)} ${step}`,
          secondsBetween(terminated.startedAt, terminated.finishedAt),
        ]),
      ),
    ),
  };
}
