import { ServiceAccount } from 'cdk8s-plus-27';
import { join } from 'node:path';
import { Builder } from '../../lib/buildpacks/builder/builder';
import { ToolImage } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { Registry } from '../../lib/registry/registry';
import { readSettings } from '../../lib/settings/settings';
import { EnvironmentChart } from '../../lib/synth/chart';
import { toolOf } from '../../lib/toolforge/tool';
import { declareEnvironment } from '../../stacks/environment';

test("a tool's own image can be added to an environment as it is", () => {
  const settings = readSettings(join(__dirname, '../..'), 'tools');
  expect(settings.registry.pushSecret).toBeDefined();
  const app = declareEnvironment('tools', settings);
  const builder = app.node.findAll().find((each) => each instanceof Builder);
  if (builder === undefined) throw new Error('the environment has no builder');
  const chart = new EnvironmentChart(app, 'mine', { namespace: settings.namespace });
  const pipeline = new ToolImagePipeline(chart, 'tool-images', {
    registry: new Registry(settings.registry),
    toolbox: settings.toolbox,
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder'),
  });
  new ToolImage(chart, 'web', {
    pipeline,
    tool: toolOf('tools', { name: 'my-tool', uid: 53123 }),
    builder,
    source: { url: 'https://git.test/my-tool', commit: 'a'.repeat(40) },
    parts: { python: { version: '3.11' } },
  });
  expect(() => app.synthesize()).not.toThrow();
});
