import type { ApiObject } from 'cdk8s';
import { wordsOf } from './problem';
import type { Manifest } from './synthesized';

// The kinds of Kubernetes that are outside of namespaces. A chart's namespace would otherwise be written into them.
const CLUSTER_SCOPED = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'RuntimeClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'APIService',
]);

/** Whether objects of a kind are outside of namespaces. */
export function isOfCluster(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind);
}

/** An object as the API server is given it. @throws Error in words that do not repeat where the construct is */
export function manifestOf(construct: ApiObject): Manifest {
  const manifest = rendered(construct);
  if (!CLUSTER_SCOPED.has(manifest.kind)) return manifest;
  const { namespace, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}

function rendered(construct: ApiObject): Manifest {
  try {
    return construct.toJson() as Manifest;
  } catch (error) {
    const words = wordsOf(error).replace(/^Failed serializing construct at path .*?: (Error: )?/, '');
    throw new Error(`cannot be rendered: ${words}`, { cause: error });
  }
}
