import type { Construct } from 'constructs';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart } from '../lib/synth/chart';
import { toolOf } from '../lib/toolforge/tool';
import { ToolNamespace } from '../lib/toolforge/tool-namespace';

/** The namespaces of the contract's tools, where we declare what Toolforge's own components make elsewhere; empty in Toolforge. */
export class ToolsChart extends EnvironmentChart {
  constructor(scope: Construct, id: string, { toolforge }: Settings) {
    super(scope, id);
    if (toolforge.mounts === 'admission') return;
    for (const each of toolforge.contractTools) new ToolNamespace(this, each.name, toolOf(toolforge.project, each));
  }
}
