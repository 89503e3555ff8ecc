import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { DebianBase } from '../lib/buildpacks/base/base';
import type { PlatformChart } from './platform-chart';

export interface BaseChartProps {
  readonly platform: PlatformChart;
  readonly base: DebianBase;
}

/** One base of the environment, under the chart's id. */
export class BaseChart extends Chart {
  /** The base's reference in the registry. */
  readonly image: string;

  constructor(scope: Construct, id: string, { platform, base }: BaseChartProps) {
    super(scope, id, {
      ...(platform.namespace !== undefined && { namespace: platform.namespace }),
      disableResourceNameHashes: true,
    });
    this.addDependency(platform);
    this.image = platform.basePipeline.make(this, id, base);
  }
}
