import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { PlatformImage } from '../../lib/images/platform-image';
import { PlatformImagePipeline } from '../../lib/images/platform-image-pipeline';
import { Registry } from '../../lib/registry/registry';
import { EnvironmentApp } from '../../lib/synth/app';
import { ContractAccess, contractTools } from '../../lib/toolforge/contract/contract-access';
import { image } from '../buildpacks/declarations';
import { runParameters, stepsOf } from '../tekton/manifests';

const toolforge = {
  project: 'tools',
  mounts: 'admission' as const,
  contractTools: [
    { name: 'one', uid: 50001 },
    { name: 'two', uid: 50002 },
  ] satisfies [object, object],
  demo: false,
};

function declare(declared: PlatformImage = image, plainHttp = false) {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
  const pipeline = new PlatformImagePipeline(chart, 'image-pipeline', {
    registry: new Registry({ host: 'registry.test', plainHttp, pushSecret: 'push' }),
    toolbox: 'registry.test/toolbox:1',
    lifecycle: 'registry.test/lifecycle:0.20.11',
    serviceAccountName: 'builder',
    toolforge,
    publicTags: ['testing', 'latest'],
    contractAccess: new ContractAccess(chart, 'access', { namespace: 'builds', tools: contractTools(toolforge) }),
  });
  const made = (name: string) => ({ image: `registry.test/${name}:1`, run: new Construct(chart, name) });
  const [builder, runImage] = [made('builder'), made('run')];
  const result = pipeline.make(chart, declared, { builder, runImage });
  return { ...result, builder, runImage, synthesize: () => app.synthesize().objects.map(({ manifest }) => manifest) };
}

test('an image goes to its immutable tags, and tools use it by another one', () => {
  const made = declare();
  const params = runParameters(made.synthesize(), 'python-base');
  expect(made.image).toMatch(/^registry\.test\/toolforge-python-base:c-[0-9a-f]{16}-r[0-9a-f]{16}$/);
  expect(params).toMatchObject({
    image: made.image,
    layers: made.image.replace(/-r[0-9a-f]{16}$/, ''),
    builder: 'registry.test/builder:1',
    'run-image': 'registry.test/run:1',
  });
  expect(made.public).toBe('registry.test/toolforge-python-base:latest');
});

test('what it stands on comes before', () => {
  const { run, builder, runImage } = declare();
  expect(run.node.dependencies).toEqual(expect.arrayContaining([builder.run, runImage.run]));
});

test('what is tried is the digest that was built, and what is promoted the digest that was tried, to testing first', () => {
  const pipeline = declare()
    .synthesize()
    .find(({ kind, metadata }) => kind === 'Pipeline' && metadata.name === 'platform-image');
  expect(pipeline?.['spec']).toMatchObject({
    tasks: [
      { name: 'image' },
      {
        name: 'contract',
        params: expect.arrayContaining([arg('image', '$(params.repository)@$(tasks.image.results.digest)')]) as object,
      },
      {
        name: 'promotion',
        params: expect.arrayContaining([
          arg('digest', '$(tasks.image.results.digest)'),
          arg('attestation', '$(tasks.contract.results.attestation)'),
        ]) as object,
      },
    ],
  });
  expect(runParameters(declare().synthesize(), 'python-base')['tags']).toBe('testing latest');
});
const arg = (name: string, value: string) => ({ name, value });

test('each phase has its own step; root makes two folders, the build user builds, another one checks', () => {
  expect(stepsOf(declare().synthesize(), 'platform-image-phases').map(({ name, image: of, user }) => [name, of, user])).toEqual([
    ['look-up', 'registry.test/toolbox:1', 61312],
    ['prepare', 'registry.test/toolbox:1', 0],
    ['analyze', '$(params.builder)', 61312],
    ['detect', '$(params.builder)', 61312],
    ['restore', '$(params.builder)', 61312],
    ['build', '$(params.builder)', 61312],
    ['check', '$(params.run-image)', 65534],
    ['export', '$(params.builder)', 61312],
    ['finish', 'registry.test/toolbox:1', 61312],
  ]);
});

test('what runs buildpacks sees no credential', () => {
  const seeing = stepsOf(declare().synthesize(), 'platform-image-phases').filter(({ mounts }) => mounts.includes('credentials'));
  expect(seeing.map(({ name }) => name)).toEqual(['look-up', 'analyze', 'restore', 'export', 'finish']);
});

test.each([
  [true, 'registry.test'],
  [false, undefined],
])('the lifecycle is told of a registry without TLS: %s', (plainHttp, value) => {
  const task = declare(image, plainHttp)
    .synthesize()
    .find(({ metadata }) => metadata.name === 'platform-image-phases');
  const { env } = (task?.['spec'] as { stepTemplate: { env: { name: string; value: string }[] } }).stepTemplate;
  expect(env.find(({ name }) => name === 'CNB_INSECURE_REGISTRIES')?.value).toBe(value);
});

test('a part that the builder cannot lay is said at synth', () => {
  expect(() => declare({ ...image, parts: { ...image.parts, 'webservice-python-bootstrap': {} } }).synthesize()).toThrow(
    "image python-base: builder python has no buildpack for the part 'webservice-python-bootstrap'",
  );
});
