import { join } from 'node:path';
import { readSettings } from '../../lib/settings/settings';
import { EnvironmentApp } from '../../lib/synth/app';
import { FamilyChart } from '../../stacks/family-chart';
import { PlatformChart } from '../../stacks/platform-chart';
import { StackChart } from '../../stacks/stack-chart';
import { ToolsChart } from '../../stacks/tools-chart';
import { builder, distro, image, language } from '../buildpacks/declarations';
import { runParameters } from '../tekton/manifests';

function declare(images = [image]) {
  const settings = readSettings(join(__dirname, '../..'), 'local');
  const app = new EnvironmentApp('test');
  const platform = new PlatformChart(app, 'platform', { settings, tools: new ToolsChart(app, 'tools', settings) });
  const runtimesOn = new StackChart(app, { platform, stack: distro });
  const stack = new StackChart(app, { platform, stack: language, others: [runtimesOn] });
  const family = new FamilyChart(app, 'python311', { platform, runtimesOn, stack, builder, images });
  const runs = () =>
    app
      .synthesize()
      .objects.map(({ manifest }) => manifest)
      .filter(({ kind }) => kind === 'PipelineRun');
  return { family, runtimesOn, stack, runs };
}

test('runtimes, then the builder, then the images', () => {
  const names = declare()
    .runs()
    .map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{10}-1$/, ''));
  expect(names.slice(-4)).toEqual(['python311-runtime', 'uwsgi-python311-runtime', 'python-builder', 'python-base']);
});

test('runtimes are built on the distro, the builder and the images on the stack of the language', () => {
  const { runtimesOn, stack, runs } = declare();
  expect(runParameters(runs(), 'python311-runtime')['build-image']).toBe(runtimesOn.build.image);
  const { 'build-image': buildImage, run } = runParameters(runs(), 'python-builder');
  expect(buildImage).toBe(stack.build.image);
  expect(run).toContain(`image = "${stack.run.image.split(':c-')[0] ?? ''}"`);
  expect(runParameters(runs(), 'python-base')['run-image']).toBe(stack.run.image);
});

test('tools get an image of the family by its public tag', () => {
  expect(declare().family.imageOf(image).public).toMatch(/\/toolforge-python-base:latest$/);
});

test('an image of another family is refused, naming both', () => {
  expect(() => declare().family.imageOf({ ...image, name: 'perl-base' })).toThrow(
    'python311: perl-base is none of the images of this family; add it to `images`',
  );
});
