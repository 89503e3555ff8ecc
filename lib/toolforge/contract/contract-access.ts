import { ApiResource, type IRole, Role, RoleBinding, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Settings } from '../../settings/settings';
import { type Tool, toolOf } from '../tool';

/** The service account of the contract's TaskRuns, in the namespace of the builds. */
export const CONTRACT_SERVICE_ACCOUNT = 'contract';

const RULES = [
  { verbs: ['create', 'get', 'list', 'watch', 'delete'], resources: [ApiResource.PODS] },
  { verbs: ['get'], resources: [ApiResource.custom({ apiGroup: '', resourceType: 'pods/log' })] },
];

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
    // The one step that calls the API mounts a token of its own.
    this.serviceAccount = new ServiceAccount(this, 'service-account', {
      metadata: { name: CONTRACT_SERVICE_ACCOUNT, namespace },
      automountToken: false,
    });
    for (const tool of tools) {
      const metadata = { name: 'image-contract', namespace: tool.namespace };
      const role = new Role(this, `${tool.name}-role`, { metadata, rules: RULES });
      // cdk8s-plus is compiled without exactOptionalPropertyTypes: to TypeScript, its own Role is no IRole.
      new RoleBinding(this, `${tool.name}-binding`, { metadata, role: role as IRole }).addSubjects(this.serviceAccount);
    }
  }
}
