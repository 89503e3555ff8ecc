import { type NamedReference, podSpecsOf, type PodSpec, type PodVolume } from './pod-specs';
import type { Manifest } from './synthesized';

/** The kinds whose objects an environment declares, or imports, when it names them. */
export type NamedKind =
  'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Role' | 'ClusterRole' | 'Task' | 'Pipeline';

/** An object that another one names. */
export interface NamedObject {
  readonly kind: NamedKind;
  readonly name: string;
  readonly namespace: string | undefined;
}

interface PipelineTask {
  readonly taskRef?: { readonly name?: string; readonly kind?: string; readonly resolver?: string };
}

interface RunSpec {
  readonly pipelineRef?: { readonly name?: string; readonly resolver?: string };
  readonly pipelineSpec?: RunSpec;
  readonly taskRef?: PipelineTask['taskRef'];
  readonly tasks?: readonly PipelineTask[];
  readonly finally?: readonly PipelineTask[];
  readonly serviceAccountName?: string;
  readonly taskRunTemplate?: { readonly serviceAccountName?: string; readonly podTemplate?: PodTemplate };
  readonly taskRunSpecs?: readonly { readonly serviceAccountName?: string; readonly podTemplate?: PodTemplate }[];
  readonly podTemplate?: PodTemplate;
  readonly workspaces?: readonly Omit<PodVolume, 'name'>[];
}

interface PodTemplate {
  readonly volumes?: readonly PodVolume[];
  readonly imagePullSecrets?: readonly NamedReference[];
}

interface Binding {
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

/** The objects that an object names, and that have to be there before it is of use. Optional ones are none of them. */
export function namesIn(manifest: Manifest): readonly NamedObject[] {
  const { namespace } = manifest.metadata;
  const found: NamedObject[] = [];
  const add = (kind: NamedKind, name: string | undefined, where = namespace): void => {
    if (name !== undefined && name !== '') found.push({ kind, name, namespace: kind === 'ClusterRole' ? undefined : where });
  };
  for (const pod of podSpecsOf(manifest)) inPod(pod, add);
  switch (manifest.kind) {
    case 'Pipeline':
    case 'PipelineRun':
    case 'TaskRun':
      inTekton(manifest['spec'] ?? {}, add);
      break;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      inBinding(manifest as Binding, add);
      break;
    case 'ServiceAccount':
      for (const list of ['secrets', 'imagePullSecrets'])
        for (const each of (manifest[list] ?? []) as readonly NamedReference[]) add('Secret', each.name);
  }
  return found;
}

type Add = (kind: NamedKind, name: string | undefined, namespace?: string) => void;

function inPod({ containers, volumes, imagePullSecrets, serviceAccountName }: PodSpec, add: Add): void {
  add('ServiceAccount', serviceAccountName);
  for (const each of volumes) inVolume(each, add);
  for (const each of imagePullSecrets) add('Secret', each.name);
  for (const { env = [], envFrom = [] } of containers) {
    for (const { valueFrom } of env) {
      required('ConfigMap', valueFrom?.configMapKeyRef, add);
      required('Secret', valueFrom?.secretKeyRef, add);
    }
    for (const { configMapRef, secretRef } of envFrom) {
      required('ConfigMap', configMapRef, add);
      required('Secret', secretRef, add);
    }
  }
}

function inVolume({ configMap, secret, persistentVolumeClaim, projected }: Omit<PodVolume, 'name'>, add: Add): void {
  required('ConfigMap', configMap, add);
  required('Secret', secret, add);
  add('PersistentVolumeClaim', persistentVolumeClaim?.claimName);
  for (const source of projected?.sources ?? []) {
    required('ConfigMap', source.configMap, add);
    required('Secret', source.secret, add);
  }
}

function required(kind: 'ConfigMap' | 'Secret', reference: NamedReference | undefined, add: Add): void {
  if (reference !== undefined && reference.optional !== true) add(kind, reference.secretName ?? reference.name);
}

function inTekton(spec: RunSpec, add: Add): void {
  const { pipelineRef, pipelineSpec, taskRef, tasks = [], finally: last = [], taskRunTemplate, taskRunSpecs = [] } = spec;
  if (pipelineRef?.resolver === undefined) add('Pipeline', pipelineRef?.name);
  for (const ref of [taskRef, ...[...tasks, ...last].map((task) => task.taskRef)])
    if (ref?.resolver === undefined && (ref?.kind ?? 'Task') === 'Task') add('Task', ref?.name);
  if (pipelineSpec) inTekton(pipelineSpec, add);
  // The workspaces of a pipeline are names alone, those of a run are volumes.
  for (const workspace of spec.workspaces ?? []) inVolume(workspace, add);
  for (const each of [spec, taskRunTemplate, ...taskRunSpecs]) {
    add('ServiceAccount', each?.serviceAccountName);
    for (const volume of each?.podTemplate?.volumes ?? []) inVolume(volume, add);
    for (const secret of each?.podTemplate?.imagePullSecrets ?? []) add('Secret', secret.name);
  }
}

function inBinding({ roleRef, subjects = [] }: Binding, add: Add): void {
  if (roleRef?.kind === 'Role' || roleRef?.kind === 'ClusterRole') add(roleRef.kind, roleRef.name);
  for (const { kind, name, namespace } of subjects) if (kind === 'ServiceAccount') add('ServiceAccount', name, namespace);
}
