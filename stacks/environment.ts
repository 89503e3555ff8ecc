import { EnvironmentApp } from '../lib/synth/app';
import type { Settings } from '../lib/settings/settings';
import { bookworm } from './bookworm';
import { bookwormPython311 } from './bookworm-python311';
import { PlatformChart } from './platform-chart';
import { python311Runtime, uwsgiRuntime } from './python311-runtime';
import { RuntimeChart } from './runtime-chart';
import { StackChart } from './stack-chart';

/** Everything an environment consists of. Pure: the same settings give the same objects. */
export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const platform = new PlatformChart(app, 'platform', settings);
  const onBookworm = new StackChart(app, { platform, stack: bookworm });
  new StackChart(app, { platform, stack: bookwormPython311, others: [onBookworm] });
  new RuntimeChart(app, 'python311', {
    platform,
    stack: onBookworm,
    runtimes: { python311: python311Runtime, 'uwsgi-python311': uwsgiRuntime },
  });
  return app;
}
