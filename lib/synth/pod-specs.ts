import type { Manifest } from './synthesized';

/** A container of a pod, or a step of a Tekton task, as far as checks look into it. */
export interface Container {
  readonly name?: string;
  readonly image?: string;
  /** A step's. */
  readonly script?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly containerPort?: number }[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly configMapKeyRef?: NamedReference; readonly secretKeyRef?: NamedReference };
  }[];
  readonly envFrom?: readonly { readonly configMapRef?: NamedReference; readonly secretRef?: NamedReference }[];
  readonly volumeMounts?: readonly Mount[];
  /** Workspaces of the task that only those have that name them so. */
  readonly workspaces?: readonly Workspace[];
  readonly securityContext?: SecurityContext;
  readonly resources?: Resources;
  readonly computeResources?: Resources;
  /** A step's own. */
  readonly results?: readonly object[];
}

/** Where a container has a volume. */
export interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

/** A workspace of a task, as it declares it: a volume that its run gives it. */
export interface Workspace {
  readonly name: string;
  /** @default - /workspace/<name> */
  readonly mountPath?: string;
  readonly readOnly?: boolean;
}

/** What names a ConfigMap or a Secret. What is optional need not be there. */
export interface NamedReference {
  readonly name?: string;
  readonly secretName?: string;
  readonly optional?: boolean;
}

/** As whom a container runs, and what it may. */
export interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  /** A pod's. */
  readonly fsGroup?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
}

/** What a container asks for, and its limits. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string | number>>;
  readonly limits?: Readonly<Record<string, string | number>>;
}

/** A volume of a pod, as its manifest has it. */
export interface PodVolume {
  readonly name: string;
  readonly configMap?: NamedReference;
  readonly secret?: NamedReference;
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly hostPath?: { readonly path: string };
  readonly emptyDir?: { readonly medium?: string };
  /** What a driver puts there, such as that of a secrets store. */
  readonly csi?: object;
  readonly projected?: {
    readonly sources?: readonly {
      readonly configMap?: NamedReference;
      readonly secret?: NamedReference;
      readonly serviceAccountToken?: object;
    }[];
  };
}

/** The pods that an object makes, of whichever kind it is. */
export interface PodSpec {
  /** What its containers are called: a task's are steps. */
  readonly noun: 'container' | 'step';
  /** All of them, in the order in which they start: first those that run before and beside. Those of a task have what its template gives them. */
  readonly containers: readonly Container[];
  readonly volumes: readonly PodVolume[];
  /** A task's. */
  readonly workspaces: readonly Workspace[];
  /** A task's: files that every step can write. */
  readonly hasResults: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly securityContext?: SecurityContext;
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly imagePullSecrets: readonly NamedReference[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
}

interface RawPodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly PodVolume[];
  readonly securityContext?: SecurityContext;
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly NamedReference[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
}

interface RawTaskSpec {
  readonly steps?: readonly Container[];
  readonly sidecars?: readonly Container[];
  readonly stepTemplate?: Container;
  readonly volumes?: readonly PodVolume[];
  readonly workspaces?: readonly Workspace[];
  readonly results?: readonly object[];
}

interface RawSpec extends RawPodSpec, RawTaskSpec {
  readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> }; readonly spec?: RawPodSpec };
  readonly jobTemplate?: { readonly spec?: RawSpec };
  readonly taskSpec?: RawTaskSpec;
  readonly pipelineSpec?: RawSpec;
  readonly tasks?: readonly { readonly taskSpec?: RawTaskSpec }[];
  readonly finally?: readonly { readonly taskSpec?: RawTaskSpec }[];
}

// Checks ask often, and of the same objects.
const known = new WeakMap<Manifest, readonly PodSpec[]>();

/** The pod specs inside an object: of pods, of what makes pods, of tasks, and of tasks written inside pipelines and runs. */
export function podSpecsOf(manifest: Manifest): readonly PodSpec[] {
  const found = known.get(manifest) ?? read(manifest);
  known.set(manifest, found);
  return found;
}

function read({ kind, metadata, ...rest }: Manifest): readonly PodSpec[] {
  const spec = (rest['spec'] ?? {}) as RawSpec;
  switch (kind) {
    case 'Pod':
      return [pod(spec, metadata.labels)];
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return template(spec);
    case 'CronJob':
      return template(spec.jobTemplate?.spec ?? {});
    case 'Task':
      return [task(spec)];
    case 'TaskRun':
      return spec.taskSpec ? [task(spec.taskSpec)] : [];
    case 'Pipeline':
      return inlined(spec);
    case 'PipelineRun':
      return spec.pipelineSpec ? inlined(spec.pipelineSpec) : [];
    default:
      return [];
  }
}

function template({ template: of }: RawSpec): readonly PodSpec[] {
  return of?.spec ? [pod(of.spec, of.metadata?.labels)] : [];
}

function inlined({ tasks = [], finally: last = [] }: RawSpec): readonly PodSpec[] {
  return [...tasks, ...last].flatMap(({ taskSpec }) => (taskSpec ? [task(taskSpec)] : []));
}

function pod(
  { containers = [], initContainers = [], volumes = [], imagePullSecrets = [], ...spec }: RawPodSpec,
  labels = {},
): PodSpec {
  const all = [...initContainers, ...containers];
  return { ...spec, noun: 'container', containers: all, volumes, labels, imagePullSecrets, workspaces: [], hasResults: false };
}

function task({ steps = [], sidecars = [], stepTemplate = {}, volumes = [], workspaces = [], results }: RawTaskSpec): PodSpec {
  const containers = [...sidecars, ...steps.map((step) => under(stepTemplate, step))];
  const hasResults = [...(results ?? []), ...steps.flatMap((step) => step.results ?? [])].length > 0;
  return { noun: 'step', containers, volumes, labels: {}, imagePullSecrets: [], workspaces, hasResults };
}

/**
 * A step with what its template gives it, as Tekton merges them: what the step says wins, by the names of variables and by the paths of mounts,
 * and field by field in what it may.
 *
 * @see https://github.com/tektoncd/pipeline/blob/main/pkg/apis/pipeline/v1/merge.go MergeStepsWithStepTemplate, a strategic merge patch
 */
function under(template: Container, step: Container): Container {
  const [given, own] = [template.securityContext, step.securityContext];
  return {
    ...template,
    ...step,
    env: [...without(template.env, step.env, ({ name }) => name), ...(step.env ?? [])],
    volumeMounts: [
      ...without(template.volumeMounts, step.volumeMounts, ({ mountPath }) => mountPath),
      ...(step.volumeMounts ?? []),
    ],
    securityContext: { ...given, ...own, capabilities: { ...given?.capabilities, ...own?.capabilities } },
  };
}

/** What a template has that a step does not name itself. */
function without<T>(all: readonly T[] = [], own: readonly T[] = [], key: (each: T) => string): readonly T[] {
  return all.filter((each) => !own.some((other) => key(other) === key(each)));
}
