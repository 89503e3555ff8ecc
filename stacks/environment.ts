import { EnvironmentApp } from '../lib/synth/app';
import type { Settings } from '../lib/settings/settings';
import { bookworm } from './bookworm';
import { bookwormPython311 } from './bookworm-python311';
import { DemoChart } from './demo-chart';
import { FamilyChart } from './family-chart';
import { PlatformChart } from './platform-chart';
import { python311Base, python311Builder, python311Web } from './python311-images';
import { StackChart } from './stack-chart';
import { ToolsChart } from './tools-chart';

/** Everything an environment consists of. Pure: the same settings give the same objects. */
export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const tools = new ToolsChart(app, 'tools', settings);
  const platform = new PlatformChart(app, 'platform', { settings, tools });
  const onBookworm = new StackChart(app, { platform, stack: bookworm });
  const onBookwormPython311 = new StackChart(app, { platform, stack: bookwormPython311, others: [onBookworm] });
  const python311 = new FamilyChart(app, 'python311', {
    platform,
    runtimesOn: onBookworm,
    stack: onBookwormPython311,
    builder: python311Builder,
    images: [python311Base, python311Web],
  });
  if (settings.toolforge.demo) {
    const { public: image, run } = python311.imageOf(python311Web);
    new DemoChart(app, 'demo', { settings, image, dependsOn: [tools, run] });
  }
  return app;
}
