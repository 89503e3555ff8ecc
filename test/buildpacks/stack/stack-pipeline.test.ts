import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { buildImage, runImage } from '../../../lib/buildpacks/stack/stack-image';
import { StackPipeline } from '../../../lib/buildpacks/stack/stack-pipeline';
import { Registry } from '../../../lib/registry/registry';
import { EnvironmentApp } from '../../../lib/synth/app';
import { distro } from '../declarations';
import { runParameters, stepsOf } from '../../tekton/manifests';

function declare() {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const pipeline = new StackPipeline(chart, 'stack-pipeline', {
    registry: new Registry({ host: 'registry.test', plainHttp: false, pushSecret: 'push' }),
    toolbox: 'registry.test/toolbox:1',
    mirror: { debian: 'http://mirror/debian', security: 'http://mirror/security' },
    vanishedPackages: 'refuse',
    serviceAccountName: 'builder',
  });
  const base = { image: 'registry.test/base:1', run: new Construct(chart, 'base') };
  const run = pipeline.make(chart, runImage(distro), base);
  const build = pipeline.make(chart, buildImage(distro), run);
  return { objects: app.synthesize().objects.map(({ manifest }) => manifest), run, build };
}

test('each image goes to its address, and stands on the one before', () => {
  const { objects, run, build } = declare();
  expect(run.image).toBe(`registry.test/platform/distro-run:c-${runImage(distro).address}`);
  expect(runParameters(objects, 'distro-run-image')).toMatchObject({ image: run.image, parent: 'registry.test/base:1' });
  expect(runParameters(objects, 'distro-build-image')).toMatchObject({ image: build.image, parent: run.image });
  expect(build.run.node.dependencies).toContain(run.run);
});

test('a run is told everything by its parameters: packages, files, lock, mirror', () => {
  const params = runParameters(declare().objects, 'distro-run-image');
  expect(JSON.parse(params['settings'] ?? '')).toMatchObject({ packages: ['curl', 'less'], files: distro.files });
  expect(params['lock']).toBe(`curl 1.0-1 ${'a'.repeat(64)}\nless 1.0-1 ${'a'.repeat(64)}`);
  expect(params).toMatchObject({ suite: 'bookworm', mirror: 'http://mirror/debian', 'vanished-packages': 'refuse' });
});

test('packages are installed in the parent, as root, by the one step that sees no credential and no toolbox', () => {
  const steps = stepsOf(declare().objects, 'stack-image');
  expect(steps.map(({ name, image, user, mounts }) => [name, image, user, mounts])).toEqual([
    ['look-up', 'registry.test/toolbox:1', 65534, ['work', 'credentials']],
    ['prepare', 'registry.test/toolbox:1', 65534, ['work', 'credentials']],
    ['install', '$(params.parent)', 0, ['work']],
    ['assemble', 'registry.test/toolbox:1', 65534, ['work']],
    ['push', 'registry.test/toolbox:1', 65534, ['work', 'credentials']],
  ]);
});
