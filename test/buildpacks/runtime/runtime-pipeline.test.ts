import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { RUNTIME_NEEDS } from '../../../lib/buildpacks/runtime/needs';
import { RuntimePipeline } from '../../../lib/buildpacks/runtime/runtime-pipeline';
import { RUNTIME_RECIPES } from '../../../lib/buildpacks/runtime/runtime';
import { Registry } from '../../../lib/registry/registry';
import { python311Runtime, uwsgiRuntime } from '../../../stacks/python311-runtime';
import { EnvironmentApp } from '../../../lib/synth/app';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly params: readonly { readonly name: string; readonly value: string }[];
    readonly steps: readonly { readonly name: string; readonly image: string; readonly securityContext: object }[];
  };
}

function declare(settings: ConstructorParameters<typeof Registry>[0] = { host: 'registry.test', plainHttp: false }) {
  const chart = new Chart(new EnvironmentApp('test'), 'runtimes');
  const pipeline = new RuntimePipeline(chart, 'runtime-pipeline', {
    registry: new Registry(settings),
    toolbox: 'registry.test/toolbox:1',
    mirror: { debian: 'http://mirror/debian', security: 'http://mirror/security' },
    serviceAccountName: 'builder',
  });
  const buildImage = { image: 'registry.test/build:1', run: new Construct(chart, 'build-image') };
  const objects = () => chart.toJson() as readonly Manifest[];
  const find = (kind: string, name: string) =>
    objects().find((each) => each.kind === kind && each.metadata.name.startsWith(name));
  const param = (run: string, name: string) => find('PipelineRun', run)?.spec.params.find((each) => each.name === name)?.value;
  return { chart, pipeline, buildImage, find, param };
}

test('a runtime is fetched from the mirror of the environment and goes to its address', () => {
  const { chart, pipeline, buildImage, param } = declare();
  const { image } = pipeline.make(chart, 'python311', python311Runtime, { buildImage });
  expect(image).toMatch(/^registry\.test\/platform\/runtimes\/python:c-[0-9a-f]{16}$/);
  expect(param('python311-runtime', 'image')).toBe(image);
  expect(param('python311-runtime', 'build-image')).toBe(buildImage.image);
  expect(param('python311-runtime', 'files')?.split('\n')[0]).toBe(
    `${python311Runtime.source.files['python3.11_3.11.2-6+deb12u8.dsc'] ?? ''} ` +
      'http://mirror/debian/pool/main/p/python3.11/python3.11_3.11.2-6+deb12u8.dsc',
  );
});

test('uWSGI is built after, and against, its Python', () => {
  const { chart, pipeline, buildImage, param } = declare();
  const { image: python } = pipeline.make(chart, 'python311', python311Runtime, { buildImage });
  pipeline.make(chart, 'uwsgi-python311', uwsgiRuntime, { buildImage });
  expect(param('uwsgi-python311-runtime', 'against')).toBe(python);
  const run = chart.node.findChild('uwsgi-python311-runtime');
  expect(run.node.dependencies).toContain(chart.node.findChild('python311-runtime'));
});

test('what is built against a runtime that is not declared is refused', () => {
  const { chart, pipeline, buildImage } = declare();
  expect(() => pipeline.make(chart, 'uwsgi', uwsgiRuntime, { buildImage })).toThrow(
    'runtimes/uwsgi is built against python 3.11.2, which this pipeline does not make; call make() for it before',
  );
});

test('every step runs as nobody, and only the build step in the build image', () => {
  const { find } = declare();
  const steps = find('Task', 'python-runtime')?.spec.steps ?? [];
  expect(steps.map(({ name, image }) => [name, image])).toEqual([
    ['look-up', 'registry.test/toolbox:1'],
    ['fetch', 'registry.test/toolbox:1'],
    ['build', '$(params.build-image)'],
    ['pack', 'registry.test/toolbox:1'],
    ['push', 'registry.test/toolbox:1'],
  ]);
  for (const { securityContext } of steps)
    expect(securityContext).toMatchObject({ runAsUser: 65534, capabilities: { drop: ['ALL'] } });
});

test('what compiles sees no credential', () => {
  const { find } = declare({ host: 'registry.test', plainHttp: false, pushSecret: 'push' });
  const seeing = find('Task', 'uwsgi-runtime')?.spec.steps.filter((step) => JSON.stringify(step).includes('credentials'));
  expect(seeing?.map(({ name }) => name)).toEqual(['look-up', 'fetch', 'push']);
});

test.each(Object.values(RUNTIME_NEEDS).flatMap(({ build, run }) => [[build], [run]]))(
  'needed packages stand once, in order: %j',
  (names) => {
    expect(names).toEqual([...new Set<string>(names)].sort());
  },
);

test('what is built as nobody gives up at the first failure', () => {
  for (const recipe of Object.values(RUNTIME_RECIPES)) expect(recipe).toMatch(/^#!\/bin\/bash\n(#.*\n)+set -euo pipefail\n/);
});
