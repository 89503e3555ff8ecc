import type { Construct } from 'constructs';
import { EnvironmentChart } from '../lib/synth/chart';
import type { PlatformChart } from './platform-chart';

/** A chart of builds: in the namespace of the platform, and after it. */
export class BuildChart extends EnvironmentChart {
  constructor(scope: Construct, id: string, platform: PlatformChart) {
    super(scope, id, { namespace: platform.namespaceName });
    this.addDependency(platform);
  }
}
