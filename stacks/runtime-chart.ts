import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Runtime } from '../lib/buildpacks/runtime/runtime';
import type { MadeImage } from '../lib/registry/made-image';
import type { PlatformChart } from './platform-chart';
import type { StackChart } from './stack-chart';

export interface RuntimeChartProps<N extends string> {
  readonly platform: PlatformChart;
  /** The stack in whose build image they are built. */
  readonly stack: StackChart;
  /** By name; what a runtime is built against stands before it. */
  readonly runtimes: Readonly<Record<N, Runtime>>;
}

/** The runtimes of a family of images, under the chart's id. */
export class RuntimeChart<N extends string> extends Chart {
  readonly runtimes: Readonly<Record<N, MadeImage>>;

  constructor(scope: Construct, id: string, { platform, stack, runtimes }: RuntimeChartProps<N>) {
    super(scope, id, platform.chartProps);
    this.addDependency(platform);
    const made = Object.entries<Runtime>(runtimes).map(([name, runtime]) => [
      name,
      platform.runtimePipeline.make(this, name, runtime, { buildImage: stack.build }),
    ]);
    this.runtimes = Object.fromEntries(made) as Record<N, MadeImage>;
  }
}
