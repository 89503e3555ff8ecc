import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { lockProblems } from '../lib/buildpacks/stack/lock';
import { buildImage, runImage } from '../lib/buildpacks/stack/stack-image';
import type { Stack } from '../lib/buildpacks/stack/stack';
import type { MadeImage } from '../lib/registry/made-image';
import type { PlatformChart } from './platform-chart';

export interface StackChartProps {
  readonly platform: PlatformChart;
  readonly stack: Stack;
  /** The charts of the stacks that are declared already: among them, that of the stack that this one extends. */
  readonly others?: readonly StackChart[];
}

/** The images of one stack. */
export class StackChart extends Chart {
  readonly stack: Stack;
  readonly run: MadeImage;
  readonly build: MadeImage;

  constructor(scope: Construct, { platform, stack, others = [] }: StackChartProps) {
    super(scope, stack.name, platform.chartProps);
    this.stack = stack;
    this.addDependency(platform);
    const parent = 'kind' in stack.extends ? undefined : others.find((other) => other.stack === stack.extends)?.run;
    if (!('kind' in stack.extends) && parent === undefined)
      throw new Error(
        `stack ${stack.name} extends ${stack.extends.name}, whose chart is not among \`others\`; declare it before`,
      );
    const { basePipeline, stackPipeline } = platform;
    const standsOn =
      'kind' in stack.extends ? basePipeline.make(this, stack.name, stack.extends, stack.lock.base ?? {}) : (parent as MadeImage);
    this.run = stackPipeline.make(this, runImage(stack), standsOn);
    this.build = stackPipeline.make(this, buildImage(stack), this.run);
    this.node.addValidation({ validate: () => lockProblems(stack) });
  }
}
