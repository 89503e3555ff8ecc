import { EnvironmentApp } from '../lib/synth/app';
import type { Settings } from '../lib/settings/settings';
import { bookworm } from './bookworm';
import { bookwormPython311 } from './bookworm-python311';
import { FamilyChart } from './family-chart';
import { PlatformChart } from './platform-chart';
import { python311Base, python311Builder, python311Web } from './python311-images';
import { StackChart } from './stack-chart';

/** Everything an environment consists of. Pure: the same settings give the same objects. */
export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const platform = new PlatformChart(app, 'platform', settings);
  const onBookworm = new StackChart(app, { platform, stack: bookworm });
  const onBookwormPython311 = new StackChart(app, { platform, stack: bookwormPython311, others: [onBookworm] });
  new FamilyChart(app, 'python311', {
    platform,
    runtimesOn: onBookworm,
    stack: onBookwormPython311,
    builder: python311Builder,
    images: [python311Base, python311Web],
  });
  return app;
}
