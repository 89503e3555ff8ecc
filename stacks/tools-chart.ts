import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Settings } from '../lib/settings/settings';
import { ToolNamespace, toolOf } from '../lib/toolforge/tool';

/** The namespaces of the contract's tools, where we declare what Toolforge's own components make elsewhere; empty in Toolforge. */
export class ToolsChart extends Chart {
  constructor(scope: Construct, id: string, { toolforge }: Settings) {
    super(scope, id, { disableResourceNameHashes: true });
    if (toolforge.mounts === 'admission') return;
    for (const each of toolforge.contractTools) new ToolNamespace(this, each.name, toolOf(toolforge.project, each));
  }
}
