import type { Policy, Violation } from './policy';

interface Rbac {
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly verbs?: readonly string[];
    readonly nonResourceURLs?: readonly string[];
  }[];
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
}

/** No role allows everything of something. */
export const noWildcards: Policy = {
  name: 'no-wildcards',
  rule: 'No role allows everything of a kind, and nothing is bound to cluster-admin.',
  check: ({ manifest }): readonly Violation[] => {
    const { rules = [], roleRef } = manifest as Rbac;
    if (manifest.kind === 'Role' || manifest.kind === 'ClusterRole')
      return rules.flatMap((rule, i) =>
        (['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const)
          .filter((list) => rule[list]?.some((each) => each.includes('*')))
          .map((list) => ({ message: `rules[${i}].${list} has a '*'; name what is needed` })),
      );
    if (/^(Cluster)?RoleBinding$/.test(manifest.kind) && roleRef?.kind === 'ClusterRole' && roleRef.name === 'cluster-admin')
      return [{ message: 'it binds cluster-admin, which may do everything; bind a role that names what is needed' }];
    return [];
  },
};
