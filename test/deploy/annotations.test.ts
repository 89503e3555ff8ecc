import { ApiObject, Chart } from 'cdk8s';
import { objectAnnotations } from '../../lib/deploy/annotations';
import { EnvironmentApp } from '../../lib/synth/app';

function annotationsOf(labels: Readonly<Record<string, string>>): Record<string, string> {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  new ApiObject(chart, 'served', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'served', labels } });
  const [object] = app.synthesize().objects;
  if (object === undefined) throw new Error('nothing was synthesized');
  return objectAnnotations(object, object.path);
}

test('up waits for what is ours, not for the code of tools', () => {
  expect(annotationsOf({})).not.toHaveProperty(['pulumi.com/skipAwait']);
  expect(annotationsOf({ toolforge: 'tool' })).toMatchObject({ 'pulumi.com/skipAwait': 'true' });
});
