import { type Container, type NamedReference, podSpecsOf, type PodSpec, type PodVolume } from './pod-specs';
import type { Manifest } from './synthesized';
import { namedTask, pipelineSpecOf, podsOfRun, runSpecOf, tasksOf } from './tekton-specs';

/** The kinds whose objects an environment declares, or imports, when it names them. */
export type NamedKind =
  'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Role' | 'ClusterRole' | 'Task' | 'Pipeline';

/** An object that another one names. */
export interface NamedObject {
  readonly kind: NamedKind;
  readonly name: string;
  readonly namespace: string | undefined;
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
      inTekton(manifest, add);
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
    inEnvironment(env, add);
    for (const { configMapRef, secretRef } of envFrom) {
      required('ConfigMap', configMapRef, add);
      required('Secret', secretRef, add);
    }
  }
}

function inEnvironment(env: NonNullable<Container['env']>, add: Add): void {
  for (const { valueFrom } of env) {
    required('ConfigMap', valueFrom?.configMapKeyRef, add);
    required('Secret', valueFrom?.secretKeyRef, add);
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

function inTekton(manifest: Manifest, add: Add): void {
  for (const { taskRef } of tasksOf(pipelineSpecOf(manifest) ?? {})) add('Task', namedTask(taskRef));
  const run = runSpecOf(manifest);
  if (run === undefined) return;
  if (run.pipelineRef?.resolver === undefined) add('Pipeline', run.pipelineRef?.name);
  add('Task', namedTask(run.taskRef));
  for (const workspace of run.workspaces ?? []) inVolume(workspace, add);
  for (const { serviceAccountName, podTemplate: { volumes = [], env = [], imagePullSecrets = [] } = {} } of podsOfRun(run)) {
    add('ServiceAccount', serviceAccountName);
    for (const volume of volumes) inVolume(volume, add);
    inEnvironment(env, add);
    for (const secret of imagePullSecrets) add('Secret', secret.name);
  }
}

function inBinding({ roleRef, subjects = [] }: Binding, add: Add): void {
  if (roleRef?.kind === 'Role' || roleRef?.kind === 'ClusterRole') add(roleRef.kind, roleRef.name);
  for (const { kind, name, namespace } of subjects) if (kind === 'ServiceAccount') add('ServiceAccount', name, namespace);
}
