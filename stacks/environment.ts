import { targetIdProblems } from '../lib/buildpacks/specification/images';
import { Stack } from '../lib/buildpacks/stack/stack';
import { EnvironmentApp } from '../lib/synth/app';
import type { Settings } from '../lib/settings/settings';
import { Bookworm } from './bookworm';
import { DemoChart } from './demo-chart';
import { PlatformChart } from './platform-chart';
import { policiesOf } from './policies';
import { Python311 } from './python311';
import { ToolsChart } from './tools-chart';

/** Everything an environment consists of. Pure: the same settings give the same objects. */
export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment, { policies: policiesOf(settings), whole: true });
  const tools = new ToolsChart(app, 'tools', settings);
  const platform = new PlatformChart(app, 'platform', { settings, tools });
  const bookworm = new Bookworm(app, { platform });
  const python311 = new Python311(app, { platform, bookworm });
  if (settings.toolforge.demo) new DemoChart(app, 'demo', { settings, tools, image: python311.web });
  app.node.addValidation({ validate: () => [...targetIdProblems(Stack.allOf(app).map(({ name }) => name))] });
  return app;
}
