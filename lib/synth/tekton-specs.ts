import type { Container, NamedReference, PodVolume } from './pod-specs';
import type { Manifest } from './synthesized';

/** A parameter as it is declared (with a default), or the argument for one (with a value). */
export interface Param {
  readonly name: string;
  readonly value?: unknown;
  readonly default?: unknown;
}

/** Which Task or Pipeline is meant. What has a resolver is not in the namespace; another kind is no task of ours. */
export interface TektonReference {
  readonly name?: string;
  readonly kind?: string;
  readonly resolver?: string;
}

/** A Task's spec, as far as checks look beyond its pod. */
export interface TaskSpec {
  readonly params?: readonly Param[];
}

/** A task in a pipeline: referred to, or written there. */
export interface PipelineTask {
  readonly name?: string;
  readonly taskRef?: TektonReference;
  readonly taskSpec?: TaskSpec;
  readonly params?: readonly Param[];
  /** Arguments of which each makes a run of its own. */
  readonly matrix?: { readonly params?: readonly Param[]; readonly include?: readonly { readonly params?: readonly Param[] }[] };
}

/** A Pipeline's spec, in an object of its own or in a run. */
export interface PipelineSpec {
  readonly params?: readonly Param[];
  readonly tasks?: readonly PipelineTask[];
  readonly finally?: readonly PipelineTask[];
}

/** What a run says of the pods of its tasks. */
export interface PodTemplate {
  readonly volumes?: readonly PodVolume[];
  readonly env?: Container['env'];
  readonly imagePullSecrets?: readonly NamedReference[];
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
}

/** As whom pods of a run run, and what they are given. */
interface PodsOfRun {
  readonly serviceAccountName?: string;
  readonly podTemplate?: PodTemplate;
}

/** The spec of a PipelineRun or TaskRun. */
export interface RunSpec extends PodsOfRun {
  readonly params?: readonly Param[];
  readonly pipelineRef?: TektonReference;
  readonly pipelineSpec?: PipelineSpec;
  readonly taskRef?: TektonReference;
  readonly taskSpec?: TaskSpec;
  readonly taskRunTemplate?: PodsOfRun;
  readonly taskRunSpecs?: readonly (PodsOfRun & { readonly pipelineTaskName?: string })[];
  /** Volumes, each under the name of the workspace that it serves. */
  readonly workspaces?: readonly PodVolume[];
}

/** All tasks of a pipeline: the last ones too, which run whatever happens. */
export function tasksOf({ tasks = [], finally: last = [] }: PipelineSpec): readonly PipelineTask[] {
  return [...tasks, ...last];
}

/** The spec of a run, of either kind; undefined for everything else. */
export function runSpecOf({ kind, ...rest }: Manifest): RunSpec | undefined {
  return kind === 'PipelineRun' || kind === 'TaskRun' ? (rest['spec'] ?? {}) : undefined;
}

/** The spec of a Pipeline, or the one that is written in a run; undefined for everything else. */
export function pipelineSpecOf(manifest: Manifest): PipelineSpec | undefined {
  return manifest.kind === 'Pipeline' ? (manifest['spec'] ?? {}) : runSpecOf(manifest)?.pipelineSpec;
}

/** The pods that a run speaks of, each with the field that does: of all of its tasks, and of single ones. */
export function podsOfRun({ taskRunTemplate, taskRunSpecs = [], ...own }: RunSpec): readonly (PodsOfRun & {
  readonly where: string;
})[] {
  return [
    { ...own, where: 'podTemplate' },
    { ...taskRunTemplate, where: 'taskRunTemplate.podTemplate' },
    ...taskRunSpecs.map((each) => ({ ...each, where: `the podTemplate of task '${each.pipelineTaskName ?? ''}'` })),
  ];
}

/** The name under which a task stands in the namespace; undefined for what comes from elsewhere, or is no task. */
export function namedTask(reference: TektonReference | undefined): string | undefined {
  return reference?.resolver === undefined && (reference?.kind ?? 'Task') === 'Task' ? reference?.name : undefined;
}
