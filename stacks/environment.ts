import { EnvironmentApp } from '../lib/synth/app';
import type { Settings } from '../lib/settings/settings';
import { BaseChart } from './base-chart';
import { PlatformChart } from './platform-chart';
import { bookworm } from './bookworm';

/** Everything an environment consists of. Pure: the same settings give the same objects. */
export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const platform = new PlatformChart(app, 'platform', settings);
  new BaseChart(app, 'bookworm', { platform, base: bookworm });
  return app;
}
