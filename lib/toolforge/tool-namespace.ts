import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { waive } from '../policy/waiver';
import type { Tool } from './tool';

/** The namespace of a tool, whoever makes it. */
export interface IToolNamespace extends IConstruct {
  readonly tool: Tool;
  readonly name: Tool['namespace'];
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
export class ToolNamespace extends Construct implements IToolNamespace {
  /** A namespace that others make: nothing is declared, and nothing waits for it. */
  static fromTool(scope: Construct, id: string, tool: Tool): IToolNamespace {
    return new ImportedToolNamespace(scope, id, tool);
  }

  readonly name: Tool['namespace'];

  constructor(
    scope: Construct,
    id: string,
    readonly tool: Tool,
  ) {
    super(scope, id);
    this.name = tool.namespace;
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
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

class ImportedToolNamespace extends Construct implements IToolNamespace {
  readonly name: Tool['namespace'];

  constructor(
    scope: Construct,
    id: string,
    readonly tool: Tool,
  ) {
    super(scope, id);
    this.name = tool.namespace;
  }
}

/** The tool that a declaration is for. What is in a namespace of ours is made after it. */
export function toolBehind(construct: Construct, owner: Tool | IToolNamespace): Tool {
  if (!('node' in owner)) return owner;
  construct.node.addDependency(owner);
  return owner.tool;
}
