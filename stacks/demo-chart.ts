import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Settings } from '../lib/settings/settings';
import { toolOf } from '../lib/toolforge/tool';
import { Webservice } from '../lib/toolforge/webservice';

export interface DemoChartProps {
  readonly settings: Settings;
  /** The platform image by its public tag, as webservice names it. */
  readonly image: string;
  /** What has to be done before: the tools' namespaces, and the promotion that made the tag. */
  readonly dependsOn: readonly IConstruct[];
}

/** Two tools whose homes local/demo fills, served by a platform image: the drop-in proof. */
export class DemoChart extends Chart {
  constructor(scope: Construct, id: string, { settings, image, dependsOn }: DemoChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { project, contractTools, mounts } = settings.toolforge;
    for (const each of contractTools) {
      const tool = toolOf(project, each);
      const webservice = new Webservice(this, tool.name, { tool, type: 'uwsgi-python', image, mountsBy: mounts });
      webservice.node.addDependency(...dependsOn);
    }
  }
}
