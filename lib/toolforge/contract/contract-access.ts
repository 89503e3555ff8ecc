import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Settings } from '../../settings/settings';

/** The service account of the contract's TaskRuns, in the namespace of the builds. */
export const CONTRACT_SERVICE_ACCOUNT = 'contract';

export interface ContractAccessProps {
  /** The namespace of the builds. */
  readonly namespace: string;
  readonly contractTools: Settings['toolforge']['contractTools'];
}

/**
 * Lets the contract make pods in the namespaces of its two tools: create, get, list and delete pods, read their logs, nothing else.
 *
 * The namespaces are there already, or are made by `toolNamespaces()`.
 */
export class ContractAccess extends Construct {
  readonly serviceAccountName = CONTRACT_SERVICE_ACCOUNT;

  constructor(scope: Construct, id: string, { namespace, contractTools }: ContractAccessProps) {
    super(scope, id);
    const subject = { name: CONTRACT_SERVICE_ACCOUNT, namespace };
    // The one step that calls the API mounts a token of its own.
    new ApiObject(this, 'service-account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: subject,
      automountServiceAccountToken: false,
    });
    for (const { name } of contractTools) {
      const metadata = { name: 'image-contract', namespace: `tool-${name}` };
      new ApiObject(this, `${name}-role`, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata,
        rules: [
          { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'delete'] },
          { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
        ],
      });
      new ApiObject(this, `${name}-binding`, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', ...subject }],
      });
    }
  }
}

/**
 * The namespaces of tools, where there is no maintain-kubeusers that makes them (`mounts: declared`).
 *
 * Their pods mount directories of the node, which only the level `privileged` of Pod Security allows; Toolforge has policies for that.
 */
export function toolNamespaces(scope: Construct, tools: readonly { readonly name: string }[]): readonly ApiObject[] {
  return tools.map(
    ({ name }) =>
      new ApiObject(scope, `tool-${name}`, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: `tool-${name}`,
          labels: { name: `tool-${name}`, tenancy: 'tool', 'pod-security.kubernetes.io/enforce': 'privileged' },
        },
      }),
  );
}
