import type { Construct, IConstruct } from 'constructs';
import { type IPlatformImage, PlatformImage } from '../lib/images/platform-image';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart } from '../lib/synth/chart';
import { toolOf } from '../lib/toolforge/tool';
import { Webservice } from '../lib/toolforge/webservice';
import { DEMO_FAMILY } from './chosen-families';
import type { ToolsChart } from './tools-chart';

export interface DemoChartProps {
  readonly settings: Settings;
  /** The namespaces of the tools. */
  readonly tools: ToolsChart;
  readonly image: IPlatformImage;
}

/** Two tools whose homes local/demo fills, served by a platform image: the drop-in proof. */
export class DemoChart extends EnvironmentChart {
  constructor(scope: Construct, id: string, { settings, tools, image }: DemoChartProps) {
    super(scope, id);
    const { project, contractTools, mounts } = settings.toolforge;
    for (const each of contractTools) {
      const tool = toolOf(project, each);
      const webservice = new Webservice(this, tool.name, { tool, type: 'uwsgi-python', image: image.public, mountsBy: mounts });
      // The promotion that moved the tag.
      webservice.node.addDependency(tools, image);
    }
  }
}

/**
 * What serves the demo's tools.
 *
 * @throws Error when no family has it
 */
export function demoImage(app: IConstruct): IPlatformImage {
  const name = `${DEMO_FAMILY}-sssd-web`;
  const found = PlatformImage.allOf(app).find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new Error(`no family declares ${name}, which serves the demo's tools; declare it, or set toolforge.demo: false`);
}
