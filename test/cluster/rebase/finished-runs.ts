import { kubectl } from '../deployment/checkout';

/** A pipeline run that has ended well. */
export interface FinishedRun {
  /** Its name without hash and attempt, such as `bookworm-run-image`. */
  readonly id: string;
  /** `built`, `rebased` or `found`. */
  readonly made: string;
  /** The image's repository, without the registry's host. */
  readonly repository: string;
  readonly digest: string;
  readonly started: number;
  readonly ended: number;
  /** Seconds of each task in the pipeline, from its pod's creation to its end. */
  readonly tasks: Readonly<Record<string, number>>;
  /** Seconds of each step, as `task step`. */
  readonly steps: Readonly<Record<string, number>>;
}

interface Ended {
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
const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

function list(kind: string, namespace: string): Ended[] {
  return (JSON.parse(kubectl('get', kind, '--namespace', namespace, '--output=json')) as { items: Ended[] }).items;
}

/** The runs that a namespace has, in the order in which they started; all have ended well, or `up` would have failed. */
export function finishedRuns(namespace: string): FinishedRun[] {
  const taskRuns = list('taskruns', namespace);
  return list('pipelineruns', namespace)
    .map(({ metadata: { name, annotations }, status }) => {
      const result = (wanted: string): string => status.results?.find((each) => each.name === wanted)?.value ?? '';
      const own = taskRuns.filter(({ metadata }) => metadata.labels?.['tekton.dev/pipelineRun'] === name);
      const task = ({ metadata }: Ended): string => metadata.labels?.['tekton.dev/pipelineTask'] ?? '';
      return {
        id: name.replace(/-[0-9a-f]{10}-\d+$/, ''),
        made: result('made'),
        repository: (annotations?.[IMAGE] ?? '').replace(/^[^/]+\//, '').replace(/:[^:]+$/, ''),
        digest: result('digest'),
        started: Date.parse(status.startTime),
        ended: Date.parse(status.completionTime),
        tasks: Object.fromEntries(
          own.map((each) => [task(each), secondsBetween(each.status.startTime, each.status.completionTime)]),
        ),
        steps: Object.fromEntries(
          own.flatMap((each) =>
            (each.status.steps ?? []).map(({ name: step, terminated }) => [
              `${task(each)} ${step}`,
              secondsBetween(terminated.startedAt, terminated.finishedAt),
            ]),
          ),
        ),
      };
    })
    .sort((a, b) => a.started - b.started);
}
