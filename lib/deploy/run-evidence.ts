import type { CoreV1Api, CustomObjectsApi } from '@kubernetes/client-node';

/** A Tekton condition. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The condition that says whether a run went well, or a task of it. Undefined until Tekton has seen it. */
export function successOf(status: { readonly conditions?: readonly Condition[] } | undefined): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === 'Succeeded');
}

/** How a container ended, or what it waits for. */
interface ContainerState {
  readonly terminated?: { readonly exitCode: number; readonly reason?: string };
  readonly running?: object;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
}

/** What of a TaskRun tells why it failed. @see https://tekton.dev/docs/pipelines/taskruns/#monitoring-execution-status */
export interface TaskRun {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status?: {
    readonly podName?: string;
    readonly completionTime?: string;
    readonly conditions?: readonly Condition[];
    readonly steps?: readonly (ContainerState & { readonly name: string; readonly container: string })[];
    readonly taskSpec?: { readonly steps?: readonly { readonly name: string; readonly image?: string }[] };
  };
}

/** What of a pod tells why it failed. */
export interface Pod {
  readonly metadata?: { readonly name?: string };
  readonly spec?: {
    readonly containers: readonly {
      readonly name: string;
      readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
    }[];
  };
  readonly status?: {
    readonly reason?: string;
    readonly message?: string;
    readonly containerStatuses?: readonly { readonly name: string; readonly state?: ContainerState }[];
  };
}

/** What of a PipelineRun tells who ended it. */
export interface PipelineRun {
  readonly metadata: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager?: string; readonly time?: string; readonly fieldsV1?: object }[];
  };
  readonly spec?: { readonly status?: string; readonly timeouts?: { readonly pipeline?: string } };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly childReferences?: readonly object[] };
}

/** A warning of the kubelet or the scheduler, which outlives the pod by an hour. */
export interface Warning {
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject: { readonly kind?: string; readonly name?: string };
}

/** All that a cluster knows of a run that did not succeed. */
export interface RunEvidence {
  /** Undefined when it has been deleted. */
  readonly run?: PipelineRun;
  readonly taskRuns: readonly TaskRun[];
  readonly pods: readonly Pod[];
  readonly warnings: readonly Warning[];
}

/** Reads what is left of a run. What may not be read is as if it were not there, but for the run itself. */
export async function readEvidence(
  core: CoreV1Api,
  custom: CustomObjectsApi,
  namespace: string,
  run: string,
): Promise<RunEvidence> {
  const tekton = { group: 'tekton.dev', version: 'v1', namespace };
  const labelSelector = `tekton.dev/pipelineRun=${run}`;
  const [own, taskRuns, pods, events] = await Promise.all([
    custom.getNamespacedCustomObject({ ...tekton, plural: 'pipelineruns', name: run }).catch(unlessGone) as Promise<unknown>,
    custom.listNamespacedCustomObject({ ...tekton, plural: 'taskruns', labelSelector }) as Promise<unknown>,
    core.listNamespacedPod({ namespace, labelSelector }).catch(() => ({ items: [] })),
    core.listNamespacedEvent({ namespace, fieldSelector: 'type=Warning' }).catch(() => ({ items: [] })),
  ]);
  const { items } = taskRuns as { readonly items: readonly TaskRun[] };
  const names = new Set(items.flatMap(({ metadata, status }) => [metadata.name, status?.podName ?? '']));
  return {
    ...(own !== undefined && { run: own as PipelineRun }),
    taskRuns: items,
    pods: pods.items as readonly Pod[],
    warnings: (events.items as readonly Warning[]).filter(({ involvedObject }) => names.has(involvedObject.name ?? '')),
  };
}

function unlessGone(error: unknown): undefined {
  if ((error as { code?: number }).code === 404) return undefined;
  throw error;
}
