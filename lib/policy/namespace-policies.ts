import type { SynthesizedObject } from '../synth/synthesized';
import type { Policy } from './policy';

interface NetworkPolicySpec {
  readonly podSelector?: object;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly object[];
  readonly egress?: readonly { readonly to?: readonly object[]; readonly ports?: readonly { readonly port?: number }[] }[];
}

/** Which namespaces have pods of builds, and which have a policy that closes all of their pods: looked up once for an environment. */
const tables = new WeakMap<readonly SynthesizedObject[], Record<'builds' | 'closed' | 'silent', Set<string>>>();

/** Every declared namespace in which builds are declared has network policies that let nothing in, and nothing out but to the name server. */
export const networkPolicies: Policy = {
  name: 'network-policies',
  rule: 'In every declared namespace with pods of builds, nothing may call a pod, and no pod anything, unless a network policy says so.',
  check: ({ manifest: { kind, metadata } }, { objects }) => {
    if (kind !== 'Namespace') return [];
    const { builds, closed, silent } = namespacesOf(objects);
    if (!builds.has(metadata.name)) return [];
    const pods = `the pods of builds in namespace ${metadata.name}`;
    const declare = 'declare a NetworkPolicy with an empty podSelector,';
    return [
      ...(closed.has(metadata.name)
        ? []
        : [{ message: `${pods} can be called by everyone; ${declare} the type 'Ingress' and no ingress rule in it` }]),
      ...(silent.has(metadata.name)
        ? []
        : [
            {
              message: `${pods} can call everything; ${declare} the type 'Egress' and no egress rule in it but that for the name server, port 53`,
            },
          ]),
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
  const table = { builds: new Set<string>(), closed: new Set<string>(), silent: new Set<string>() };
  for (const { manifest } of objects) {
    const { namespace } = manifest.metadata;
    if (namespace === undefined) continue;
    if (['PipelineRun', 'TaskRun', 'Pipeline', 'Task'].includes(manifest.kind)) table.builds.add(namespace);
    if (manifest.kind !== 'NetworkPolicy') continue;
    const spec = manifest['spec'] as NetworkPolicySpec;
    if (closes(spec)) table.closed.add(namespace);
    if (silences(spec)) table.silent.add(namespace);
  }
  tables.set(objects, table);
  return table;
}

/** What another policy lets in is said there; this one lets in nothing. A rule without a peer (`ingress: [{}]`) would let in all. */
function closes({ podSelector = {}, policyTypes = [], ingress = [] }: NetworkPolicySpec): boolean {
  return Object.keys(podSelector).length === 0 && policyTypes.includes('Ingress') && ingress.length === 0;
}

/** As for what comes in, but that names are asked for. */
function silences({ podSelector = {}, policyTypes = [], egress = [] }: NetworkPolicySpec): boolean {
  const named = egress.every(
    ({ to = [], ports = [] }) => to.length > 0 && ports.length > 0 && ports.every(({ port }) => port === 53),
  );
  return Object.keys(podSelector).length === 0 && policyTypes.includes('Egress') && named;
}
