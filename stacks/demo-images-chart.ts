import { Construct } from 'constructs';
import { pythonPart } from '../languages/python/part';
import { FollowedImages } from '../lib/images/followed-images';
import type { Part } from '../lib/images/part';
import { PlatformImage } from '../lib/images/platform-image';
import { ToolImage } from '../lib/images/tool-image';
import type { ToolImagePipeline } from '../lib/images/tool-image-pipeline';
import type { GitBranch, GitSource } from '../lib/images/tool-source';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart } from '../lib/synth/chart';
import { toolOf } from '../lib/toolforge/tool';
import type { PlatformChart } from './platform-chart';

export interface DemoImagesChartProps {
  readonly settings: Settings;
  readonly platform: PlatformChart;
}

/** What a tool's maintainer pushes to the platform's git server, first of all what `npm start` puts there: local/demo/<tool>/repository. */
interface Pushed {
  /** The platform image that has its language: it is built by the same builder, and has the same run image. */
  readonly as: string;
  readonly parts: readonly Part[];
  /** A commit, or whichever this branch has. */
  readonly at: Pick<GitSource, 'commit'> | Pick<GitBranch, 'branch'>;
}

const PUSHED: Readonly<Record<string, Pushed>> = {
  'demo-one': {
    as: 'python311-sssd-web',
    parts: [pythonPart.with({ version: '3.11' })],
    at: { branch: 'main' },
  },
  // Its language is in the stack.
  'demo-two': { as: 'perl536-sssd-web', parts: [], at: { commit: '116bd1a60351c9ad923531d8874ec3eb5ce6d913' } },
};

/** Images of the demo's tools themselves, each of a repository of its tool: `tool-demo-one/hello`. Of the families that the environment has. */
export class DemoImagesChart extends EnvironmentChart {
  constructor(scope: Construct, id: string, { settings, platform }: DemoImagesChartProps) {
    super(scope, id, platform.chartProps);
    const { project, contractTools } = settings.toolforge;
    const pipeline = platform.toolImages;
    for (const each of contractTools) {
      const pushed = PUSHED[each.name];
      const like = PlatformImage.allOf(this.node.root).find(({ name }) => name === pushed?.as);
      if (pushed === undefined || like === undefined) continue;
      const { at, parts } = pushed;
      const tool = toolOf(project, each);
      const made = { tool, builder: like.builder, stack: like.stack, parts };
      const url = `http://git.local/${tool.name}/hello.git` as const;
      if ('commit' in at) new ToolImage(new Construct(this, tool.name), 'hello', { ...made, pipeline, source: { url, ...at } });
      else this.followed(pipeline).add('hello', { ...made, source: { url, ...at } });
    }
  }

  private followed(pipeline: ToolImagePipeline): FollowedImages {
    const found = this.node.tryFindChild('followed') as FollowedImages | undefined;
    return found ?? new FollowedImages(this, 'followed', { pipeline });
  }
}
