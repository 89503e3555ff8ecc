import { Namespace } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { waive } from '../policy/waiver';
import type { Tool } from './tool';

/** The namespace of a tool, whoever makes it. */
export interface IToolNamespace extends IConstruct {
  readonly tool: Tool;
}

/**
 * A tool's namespace, for clusters where nobody else makes it: in Toolforge, maintain-kubeusers does.
 *
 * It admits pods that mount directories of the node, as every tool's pod does; Pod Security knows no level for that but `privileged`.
 *
 * @example
 * ```ts
 * const tool = new ToolNamespace(this, 'my-tool', toolOf('tools', { name: 'my-tool', uid: 53123 }));
 * ```
 */
export class ToolNamespace extends Namespace implements IToolNamespace {
  /** A namespace that others make: nothing is declared, and nothing waits for it. */
  static fromTool(scope: Construct, id: string, tool: Tool): IToolNamespace {
    return Object.assign(new Construct(scope, id), { tool });
  }

  constructor(
    scope: Construct,
    id: string,
    readonly tool: Tool,
  ) {
    super(scope, id, {
      metadata: {
        name: tool.namespace,
        labels: { name: tool.namespace, tenancy: 'tool', 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    });
    waive(this, {
      policy: 'pod-security',
      reason:
        'Pods of tools mount directories of the node, which no other level admits; in Toolforge, its policy engine admits each one.',
    });
  }
}

/** The tool that a declaration is for. What is in a namespace of ours is made after it. */
export function toolBehind(construct: Construct, owner: Tool | IToolNamespace): Tool {
  if (!('node' in owner)) return owner;
  construct.node.addDependency(owner);
  return owner.tool;
}
