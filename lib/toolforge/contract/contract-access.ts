import { ApiObject } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Settings } from '../../settings/settings';
import { type Tool, toolOf } from '../tool';

/** The service account of the contract's TaskRuns, in the namespace of the builds. */
export const CONTRACT_SERVICE_ACCOUNT = 'contract';

/** Whose pods the contract makes, and from where. */
export interface ContractAccessProps {
  /** The namespace of the builds. */
  readonly namespace: string;
  /** As whose users images are tried: `contractTools()`. */
  readonly tools: readonly Tool[];
}

/** The tools as whose users the images of an environment are tried. */
export function contractTools({ project, contractTools: tools }: Settings['toolforge']): readonly Tool[] {
  return tools.map((tool) => toolOf(project, tool));
}

/**
 * Lets the contract make pods in the namespaces of its two tools: create, get, list, watch and delete pods, read their logs, nothing else.
 *
 * The namespaces have to be there: in Toolforge they are, elsewhere `ToolNamespace` makes them.
 *
 * @example
 * ```ts
 * const contractAccess = new ContractAccess(this, 'contract-access', {
 *   namespace: 'platform-images',
 *   tools: contractTools(settings.toolforge),
 * });
 * ```
 */
export class ContractAccess extends Construct {
  readonly serviceAccount: ServiceAccount;

  constructor(scope: Construct, id: string, { namespace, tools }: ContractAccessProps) {
    super(scope, id);
    const subject = { name: CONTRACT_SERVICE_ACCOUNT, namespace };
    // The one step that calls the API mounts a token of its own.
    this.serviceAccount = new ServiceAccount(this, 'service-account', { metadata: subject, automountToken: false });
    for (const tool of tools) {
      const metadata = { name: 'image-contract', namespace: tool.namespace };
      new ApiObject(this, `${tool.name}-role`, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata,
        rules: [
          { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'delete'] },
          { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
        ],
      });
      new ApiObject(this, `${tool.name}-binding`, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', ...subject }],
      });
    }
  }
}
