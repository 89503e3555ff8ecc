import type { SynthesizedObject } from '../synth/synthesized';
import type { Policy } from './policy';

interface NetworkPolicySpec {
  readonly podSelector?: object;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly object[];
}

/** Which namespaces have pods of builds, and which have a policy that closes all of their pods: looked up once for an environment. */
const tables = new WeakMap<readonly SynthesizedObject[], { readonly builds: Set<string>; readonly closed: Set<string> }>();

/** Every declared namespace in which builds are declared has a network policy that lets nothing in, for all of its pods. */
export const networkPolicies: Policy = {
  name: 'network-policies',
  rule: 'In every declared namespace with pods of builds, nothing may call a pod unless a network policy says so.',
  check: ({ manifest: { kind, metadata } }, { objects }) => {
    if (kind !== 'Namespace') return [];
    const { builds, closed } = namespacesOf(objects);
    if (!builds.has(metadata.name) || closed.has(metadata.name)) return [];
    return [
      {
        message:
          `the pods of builds in namespace ${metadata.name} can be called by everyone; declare a NetworkPolicy with an empty podSelector, ` +
          "the type 'Ingress' and no ingress rule in it",
      },
    ];
  },
};

/** Every declared namespace enforces a level of Pod Security. */
export const podSecurity: Policy = {
  name: 'pod-security',
  rule: 'Every declared namespace enforces a level of Pod Security: restricted, or baseline.',
  check: ({ manifest: { kind, metadata } }) => {
    const level = metadata.labels?.['pod-security.kubernetes.io/enforce'];
    if (kind !== 'Namespace' || level === 'restricted' || level === 'baseline') return [];
    return [
      {
        message: `it enforces the level ${level ?? '(none)'}; set the label pod-security.kubernetes.io/enforce to baseline or restricted`,
      },
    ];
  },
};

function namespacesOf(objects: readonly SynthesizedObject[]) {
  const known = tables.get(objects);
  if (known) return known;
  const table = { builds: new Set<string>(), closed: new Set<string>() };
  for (const { manifest } of objects) {
    const { namespace } = manifest.metadata;
    if (namespace === undefined) continue;
    if (['PipelineRun', 'TaskRun', 'Pipeline', 'Task'].includes(manifest.kind)) table.builds.add(namespace);
    else if (manifest.kind === 'NetworkPolicy' && closes(manifest['spec'] as NetworkPolicySpec)) table.closed.add(namespace);
  }
  tables.set(objects, table);
  return table;
}

/** What another policy lets in is said there; this one lets in nothing. A rule without a peer (`ingress: [{}]`) would let in all. */
function closes({ podSelector = {}, policyTypes = [], ingress = [] }: NetworkPolicySpec): boolean {
  return Object.keys(podSelector).length === 0 && policyTypes.includes('Ingress') && ingress.length === 0;
}
