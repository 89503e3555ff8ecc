import { Construct } from 'constructs';
import { pythonPart } from '../languages/python/part';
import type { Part } from '../lib/images/part';
import { PlatformImage } from '../lib/images/platform-image';
import { ToolImage } from '../lib/images/tool-image';
import type { GitSource } from '../lib/images/tool-source';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart } from '../lib/synth/chart';
import { toolOf } from '../lib/toolforge/tool';
import type { PlatformChart } from './platform-chart';

export interface DemoImagesChartProps {
  readonly settings: Settings;
  readonly platform: PlatformChart;
}

/** What a tool's maintainer has pushed, and what it is built for. */
interface Pushed {
  /** The platform image that has its language: it is built by the same builder, and has the same run image. */
  readonly as: string;
  readonly parts: readonly Part[];
  /** Of local/demo/<tool>/repository; `npm start` puts it on the platform's git server. */
  readonly commit: GitSource['commit'];
}

const PUSHED: Readonly<Record<string, Pushed>> = {
  'demo-one': {
    as: 'python311-sssd-web',
    parts: [pythonPart.with({ version: '3.11' })],
    commit: 'ffbb84d24b3c03b38cb27fbb3445dc149304ca0c',
  },
  // Its language is in the stack.
  'demo-two': { as: 'perl536-sssd-web', parts: [], commit: '116bd1a60351c9ad923531d8874ec3eb5ce6d913' },
};

/** Images of the demo's tools themselves, each of a repository of its tool: `tool-demo-one/hello`. Of the families that the environment has. */
export class DemoImagesChart extends EnvironmentChart {
  constructor(scope: Construct, id: string, { settings, platform }: DemoImagesChartProps) {
    super(scope, id, platform.chartProps);
    const { project, contractTools } = settings.toolforge;
    for (const each of contractTools) {
      const pushed = PUSHED[each.name];
      const like = PlatformImage.allOf(this.node.root).find(({ name }) => name === pushed?.as);
      if (pushed === undefined || like === undefined) continue;
      const tool = toolOf(project, each);
      new ToolImage(new Construct(this, tool.name), 'hello', {
        ...{ pipeline: platform.toolImages, tool, builder: like.builder, stack: like.stack, parts: pushed.parts },
        source: { url: `http://git.local/${tool.name}/hello.git`, commit: pushed.commit },
      });
    }
  }
}
