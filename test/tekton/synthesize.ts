import { Chart } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';

/** The objects of a chart that a test declares. */
export function synthesize(declare: (chart: Chart) => void) {
  const app = new EnvironmentApp('test');
  declare(new Chart(app, 'chart', { disableResourceNameHashes: true }));
  return app.synthesize().objects.map(({ manifest }) => manifest);
}
