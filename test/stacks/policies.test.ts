import { ApiObject } from 'cdk8s';
import { join } from 'node:path';
import { pythonPart } from '../../languages/python/part';
import { ToolImage } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { readSettings } from '../../lib/settings/settings';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { toolOf } from '../../lib/toolforge/tool';
import { declareEnvironment } from '../../stacks/environment';
import { policiesOf } from '../../stacks/policies';
import { Python311 } from '../../stacks/python311';

test("a tool's own image can be added to an environment as it is", () => {
  const settings = readSettings(join(__dirname, '../..'), 'tools');
  expect(settings.registry.pushSecret).toBeDefined();
  const app = declareEnvironment('tools', settings);
  const builder = app.node.findAll().find((each): each is Python311 => each instanceof Python311)?.builder;
  const pipeline = app.node.findAll().find((each) => each instanceof ToolImagePipeline);
  if (builder === undefined || pipeline === undefined) throw new Error('the environment has no builder, or no pipeline');
  const chart = new EnvironmentChart(app, 'mine', { namespace: settings.namespace });
  new ToolImage(chart, 'web', {
    pipeline,
    tool: toolOf('tools', { name: 'my-tool', uid: 53123 }),
    builder,
    source: { url: 'https://git.test/my-tool', commit: 'a'.repeat(40) },
    parts: [pythonPart.with({ version: '3.11' })],
  });
  expect(() => app.synthesize()).not.toThrow();
});

test('without a prefix, what stands below the prefixes of others is not run by its address', () => {
  const settings = readSettings(join(__dirname, '../..'), 'tools');
  expect(settings.registry.prefix).toBeUndefined();
  const chart = new EnvironmentChart(new EnvironmentApp('test'), 'chart', { namespace: 'builds' });
  const names = ['platform/x', 'cloud/images/platform/x', 'somebody'];
  for (const name of names)
    new ApiObject(chart, name.replaceAll('/', '-'), {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: name.replaceAll('/', '-') } },
      spec: { containers: [{ name: 'main', image: `${settings.registry.host}/${name}:c-0123456789abcdef` }] },
    });
  const { objects } = (chart.node.root as EnvironmentApp).synthesize();
  const refused = policiesOf(settings, [])
    .violations(objects)
    .filter(({ policy }) => policy === 'images')
    .map(({ message }) => /image '([^']+)'/.exec(message)?.[1]);
  expect(refused).toEqual(names.slice(1).map((name) => `${settings.registry.host}/${name}:c-0123456789abcdef`));
});
