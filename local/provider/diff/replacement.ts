/**
 * The fields whose change replaces an object, because the server refuses to change them or because Pulumi decided so.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (enableConfigMapMutable, enableSecretMutable)
 * @see https://kubernetes.io/docs/reference/kubernetes-api/ (fields documented as immutable)
 */
import { at, gvkOf, type Manifest } from '../objects/manifest';

/** Which kinds may change their data in place. */
export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

type Path = readonly (string | number)[];

const identity = ['metadata.name', 'metadata.namespace'];
const podFields =
  'affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork hostPID hostname ' +
  'imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates restartPolicy ' +
  'runtimeClassName schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain ' +
  'terminationGracePeriodSeconds volumes';
const containerFields =
  'args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources securityContext stdin stdinOnce ' +
  'terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir';
const volumeSources =
  'awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi ' +
  'local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume';

const under = (prefix: string, names: string): string[] => names.split(' ').map((name) => `${prefix}.${name}`);

/** By `group/Kind`; any version of the group. */
const replacingFields: Readonly<Record<string, readonly string[]>> = {
  'apps/DaemonSet': ['spec.selector'],
  'apps/Deployment': ['spec.selector'],
  'apps/StatefulSet': under('spec', 'podManagementPolicy revisionHistoryLimit selector serviceName volumeClaimTemplates'),
  'batch/Job': under('spec', 'completions parallelism selector template'),
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'storage.k8s.io/StorageClass': ['parameters', 'provisioner'],
  '/PersistentVolume': under('spec', volumeSources),
  '/PersistentVolumeClaim': under('spec', 'accessModes selector storageClassName volumeName'),
  '/Pod': [
    ...under('spec', podFields),
    ...under('spec.containers', containerFields),
    ...under('spec.initContainers', containerFields),
  ],
  '/ResourceQuota': ['spec.scopes'],
  '/Secret': ['type'],
  '/Service': ['spec.clusterIP'],
};

/** The replacing fields of an object; list positions are not part of a path. */
export function replacingFieldsOf(object: Manifest, mutability: Mutability): string[] {
  const { group, kind } = gvkOf(object);
  const immutable = at(object, 'immutable') === true;
  if (group === '' && kind === 'Secret' && (!mutability.secrets || immutable)) {
    return [...identity, 'type', 'stringData', 'data'];
  }
  if (group === '' && kind === 'ConfigMap' && (!mutability.configMaps || immutable)) {
    return [...identity, 'binaryData', 'data'];
  }
  return [...identity, ...(replacingFields[`${group}/${kind}`] ?? [])];
}

/** Says whether a change at the path touches one of the fields: at it, below it, or above it with the field inside the new value. */
export function isReplacing(path: Path, value: unknown, fields: readonly string[]): boolean {
  const names = path.filter((part) => typeof part === 'string');
  return fields.some((field) => {
    const wanted = field.split('.');
    const shared = Math.min(names.length, wanted.length);
    if (!wanted.slice(0, shared).every((name, index) => name === names[index])) return false;
    return wanted.length <= names.length || holds(value, wanted.slice(shared));
  });
}

function holds(value: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (Array.isArray(value)) return value.some((item) => holds(item, path));
  if (typeof value !== 'object' || value === null || !(name in value)) return false;
  return holds(Object.entries(value).find(([key]) => key === name)?.[1], rest);
}
