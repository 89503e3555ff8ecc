import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ExternalObject } from './external';
import { isOfCluster } from './manifest';
import { namesIn, type NamedKind } from './named-objects';
import { problemOf } from './problem';
import type { SynthesizedObject } from './synthesized';

const GROUPS: Readonly<Record<NamedKind, string>> = {
  ConfigMap: 'core',
  Secret: 'core',
  ServiceAccount: 'core',
  PersistentVolumeClaim: 'core',
  Role: 'rbac.authorization.k8s.io',
  ClusterRole: 'rbac.authorization.k8s.io',
  Task: 'tekton.dev',
  Pipeline: 'tekton.dev',
};
// What Kubernetes itself puts into each namespace, and the roles that every cluster has.
const BUILT_IN = /^(ConfigMap kube-root-ca\.crt|ServiceAccount default|ClusterRole (cluster-admin|admin|edit|view|system:.*))$/;

/** The objects that others name, in the same namespace, and that neither a construct nor an `external()` object declares. */
export function danglingReferences(constructs: readonly IConstruct[], objects: readonly SynthesizedObject[]): string[] {
  const declared = new Set<string>();
  for (const construct of constructs) {
    // Also of objects that could not be rendered: who names them has done nothing wrong.
    if (ApiObject.isApiObject(construct))
      declared.add(keyOf(construct.apiGroup, construct.kind, construct.metadata.namespace, construct.name));
    else if (ExternalObject.is(construct))
      declared.add(keyOf(groupOf(construct.apiVersion), construct.kind, construct.namespace, construct.name));
  }
  return objects.flatMap(({ construct, manifest }) => {
    const missing = new Set<string>();
    for (const { kind, name, namespace } of namesIn(manifest)) {
      if (declared.has(keyOf(GROUPS[kind], kind, namespace, name))) continue;
      // What comes from a parameter is known only to the run.
      if (BUILT_IN.test(`${kind} ${name}`) || name.includes('$(')) continue;
      missing.add(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
    }
    return [...missing].map((each) =>
      problemOf(construct, `names ${each}, which nothing declares; declare it, or say with external() who makes it`),
    );
  });
}

/** Objects that would go into whichever namespace the kubeconfig of who applies them happens to name. */
export function unplaced(objects: readonly SynthesizedObject[]): string[] {
  return objects
    .filter(({ manifest: { kind, metadata } }) => metadata.namespace === undefined && !isOfCluster(kind))
    .map(({ construct, manifest: { kind } }) =>
      problemOf(construct, `the ${kind} is in no namespace; give it one, or its chart`),
    );
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';
}

function keyOf(group: string, kind: string, namespace: string | undefined, name: string): string {
  // A chart's namespace is given to objects of the cluster too.
  return `${group}/${kind} ${kind === 'ClusterRole' ? '' : (namespace ?? '')}/${name}`;
}
