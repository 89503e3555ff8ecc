import { CONTRACTS } from '../../languages/contracts';
import { PromotionAccess } from '../../lib/registry/promotion-access';
import { CNB_USER } from '../../lib/buildpacks/build-user';
import { PLATFORM_API } from '../../lib/buildpacks/lifecycle';
import { buildRunProblems } from '../buildpacks/specification/phases';
import { Stack } from '../../lib/buildpacks/stack/stack';
import { Registry } from '../../lib/registry/registry';
import type { Pins } from '../../lib/registry/pins';
import { IMAGE_ANNOTATION, PipelineRun } from '../../lib/tekton/pipeline-run';
import type { Part } from '../../lib/images/part';
import { PlatformImage } from '../../lib/images/platform-image';
import { PlatformImagePipeline } from '../../lib/images/platform-image-pipeline';
import { contractVersion } from '../../lib/toolforge/contract/contract';
import type { Contracts } from '../../lib/toolforge/contract/language-contract';
import { ContractAccess, contractTools } from '../../lib/toolforge/contract/contract-access';
import { servedLua } from '../toolforge/lua/contract';
import { abi, bootstrap, house, languageProps, locked, python, PYTHON, REGISTRY, type Changes } from '../buildpacks/house';
import { runParameters, stepsOf } from '../tekton/manifests';
import { layersLast, whatLasts } from './lasting';
import { TOOLFORGE as toolforge } from '../toolforge/toolforge';

const PIN = { digest: `sha256:${'1'.repeat(64)}`, reason: 'x', since: '2026-11-25' } as const;
const TASK = 'platform-image-build';
const CREDENTIALS = ['credentials', 'handed'];
function declare(parts: readonly Part[] = PYTHON, changes: Changes = {}, pins: Pins = {}, contracts: Contracts = CONTRACTS) {
  const { chart, making, builder, language, manifests } = house(changes);
  const pipeline = new PlatformImagePipeline(chart, 'platform-image', {
    ...making,
    toolforge,
    publicTags: ['testing', 'latest'],
    environment: 'tools',
    pins,
    contracts,
    promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
    contractAccess: new ContractAccess(chart, 'access', { namespace: 'builds', tools: contractTools(toolforge) }),
  });
  const image = new PlatformImage(chart, 'python-base', { pipeline, builder, parts });
  return { chart, language, image, builder, pipeline, runImage: language.runImage, synthesize: manifests };
}

test('an image goes to its immutable tags, and tools use it by another one', () => {
  const { image, builder, runImage, synthesize } = declare();
  const layers = `registry.test/toolforge-python-base:c-${image.address}`;
  expect(image.reference).toBe(`${layers}-r${runImage.address}`);
  expect(runParameters(synthesize(), 'python-base')).toMatchObject({
    image: image.reference,
    layers,
    builder: builder.image.reference,
    'run-image': runImage.reference,
  });
  expect(image.public).toBe('registry.test/toolforge-python-base:latest');
});

test('another run image is another tag of the same layers', () => {
  const { image } = declare();
  const rebased = declare(undefined, { language: { lock: { ...languageProps.lock, run: locked(['make'], '2.0-1') } } }).image;
  expect(rebased.address).toBe(image.address);
  expect(rebased.reference).not.toBe(image.reference);
});

test('an image may be on a stack above that of its builder, and is told on what it can be rebased', () => {
  const { chart, language, builder, pipeline, synthesize } = declare();
  const lock = { stack: 'above', abi, run: locked(['lua5.4']), build: {} };
  const stack = new Stack(chart, 'above', { extends: language, packages: { run: ['lua5.4'] }, lock });
  const image = new PlatformImage(chart, 'above-base', { pipeline, builder, stack, parts: PYTHON });
  expect(runParameters(synthesize(), 'above-base')).toMatchObject({
    image: `registry.test/toolforge-above-base:c-${image.address}-r${stack.runImage.address}`,
    builder: builder.image.reference,
    'run-image': stack.runImage.reference,
    run: '[[images]]\nimage = "registry.test/platform/above-run"\n',
  });
  expect(image.node.findChild('run').node.dependencies).toEqual(
    expect.arrayContaining([builder.image, stack.runImage]) as unknown,
  );
});

test('its layers last: later runs need the builder only where the registry has them no more', () => {
  const { image, builder } = declare();
  expect(whatLasts(image)).toEqual(layersLast(image, builder));
});

describe('a canary', () => {
  const kind = { kind: 'base', language: { python: '3.11' } } as const;
  const params = ({ synthesize }: ReturnType<typeof declare>) => runParameters(synthesize(), 'more-base');
  const withCanary = (pins: Pins = {}, onStack?: (declared: ReturnType<typeof declare>) => Stack) => {
    const declared = declare(PYTHON, {}, pins);
    const { chart, pipeline, builder, image } = declared;
    new PlatformImage(chart, 'more-base', {
      pipeline,
      builder,
      parts: PYTHON,
      canary: image,
      ...(onStack && { stack: onStack(declared) }),
    });
    return declared;
  };

  test('is named by its public tag, with what is tried of it: no other address of it makes another run', () => {
    expect(params(withCanary())).toMatchObject({
      canary: 'registry.test/toolforge-python-base:latest',
      'canary-family': JSON.stringify(kind),
      'canary-contract': contractVersion(kind, CONTRACTS),
    });
    expect(runParameters(declare().synthesize(), 'python-base')).not.toHaveProperty('canary');
  });

  test('is none while it is pinned: it is tried on no run image', () => {
    expect(params(withCanary({ 'python-base': PIN }))).not.toHaveProperty('canary');
  });

  test('is asked of where the layers were, and of nothing that is built', () => {
    const pipeline = withCanary()
      .synthesize()
      .find(({ kind, metadata }) => kind === 'Pipeline' && metadata.name === 'platform-image');
    const { tasks } = pipeline?.['spec'] as { tasks: readonly { name: string; params: readonly object[] }[] };
    const contract = tasks.find(({ name }) => name === 'contract');
    expect(contract?.params).toEqual(
      expect.arrayContaining([
        { name: 'layers-of', value: '$(tasks.look-up.results.layers)' },
        { name: 'before', value: '$(tasks.look-up.results.before)' },
        { name: 'canary', value: '$(params.canary)' },
      ]),
    );
  });

  test('on another stack is refused: its run image is another one', () => {
    const above = ({ chart, language }: ReturnType<typeof declare>) =>
      new Stack(chart, 'above', {
        ...{ extends: language, packages: { run: ['lua5.4'] } },
        lock: { stack: 'above', abi, run: locked(['lua5.4']), build: {} },
      });
    expect(() => withCanary({}, above).synthesize()).toThrow(
      /more-base .*: its canary, python-base, is on the stack language, expected is one on above/,
    );
  });

  test('that has one itself is refused: it is not tried in full', () => {
    const { chart, pipeline, builder, image, synthesize } = declare();
    const made = { pipeline, builder, parts: PYTHON };
    const canary = new PlatformImage(chart, 'more-base', { ...made, canary: image });
    new PlatformImage(chart, 'most-base', { ...made, canary });
    expect(synthesize).toThrow(
      /most-base .*: its canary, more-base, has one itself, python-base; expected is one that is always/,
    );
  });

  test('of another version of the language is refused: what starts the one says nothing of the other', () => {
    const { chart, pipeline, builder, image, synthesize } = declare();
    new PlatformImage(chart, 'more-base', { pipeline, builder, parts: [python.with({ version: '3.12' })], canary: image });
    expect(synthesize).toThrow(
      /more-base .*: of its canary, python-base, there is not tried what is promised here: python, 3.12/,
    );
  });

  test('of which less is tried is refused, with what is not', () => {
    const { chart, pipeline, builder, synthesize } = declare();
    const made = { pipeline, builder, parts: PYTHON };
    const canary = new PlatformImage(chart, 'bare-base', { ...made, bare: true });
    new PlatformImage(chart, 'more-base', { ...made, canary });
    expect(synthesize).toThrow(
      /more-base .*: of its canary, bare-base, there is not tried what is promised here: F1-05-common-tools; expected is one/,
    );
  });
});

test('what it stands on comes before', () => {
  const { image, builder, runImage } = declare();
  const { dependencies } = image.node.findChild('run').node;
  expect(dependencies).toEqual(expect.arrayContaining([builder.image, runImage]) as unknown);
  const ids = dependencies.map(({ node }) => node.id);
  expect(ids).toEqual(
    expect.arrayContaining(['platform-image', 'access', 'promotion-access', 'contract-base-python']) as unknown,
  );
});

test('an image that another environment makes is named by its addresses, and nothing is run for it', () => {
  const { chart, manifests } = house();
  const before = manifests().length;
  const { image, runImage } = declare();
  const registry = new Registry(REGISTRY);
  const attributes = { registry, address: image.address, runImage: runImage.address };
  const imported = PlatformImage.fromReference(chart, 'python-base', { ...attributes, tag: 'testing' });
  expect(imported).toMatchObject({ reference: image.reference, public: 'registry.test/toolforge-python-base:testing' });
  expect(manifests()).toHaveLength(before);
});

test('what is tried is what the registry has, and what is promoted as well, under the tags of the declaration and no others', () => {
  const pipeline = declare()
    .synthesize()
    .find(({ kind, metadata }) => kind === 'Pipeline' && metadata.name === 'platform-image');
  expect(pipeline?.['spec']).toMatchObject({
    tasks: [
      { name: 'look-up', params: expect.arrayContaining([arg('tags', '$(params.tags)')]) as object },
      { name: 'build', params: expect.arrayContaining([pinned]) as object, when: [when('built')] },
      {
        name: 'rebase',
        params: [arg('image', '$(params.image)'), arg('built-image', '$(tasks.look-up.results.layers)'), pinned],
        when: [when('rebased')],
      },
      {
        name: 'contract',
        params: expect.arrayContaining([arg('image', '$(params.image)')]) as object,
        workspaces: [{ name: 'family', workspace: 'family' }],
        runAfter: ['build', 'rebase'],
      },
      {
        name: 'promotion',
        params: expect.arrayContaining([
          // Not its digest: the registry says which one the tag has.
          arg('image', '$(params.image)'),
          arg('tags', '$(params.tags)'),
          arg('before', '$(tasks.look-up.results.before)'),
          arg('family', '$(params.family)'),
          arg('contract', '$(params.contract)'),
        ]) as object,
        runAfter: ['contract'],
      },
    ],
  });
  expect(runParameters(declare().synthesize(), 'python-base')).toMatchObject({ tags: 'testing latest' });
});

test('the run brings what is tried of its family, and the contract of another language changes nothing that is declared', () => {
  const objects = declare().synthesize();
  const run = objects.find(({ kind, metadata }) => kind === 'PipelineRun' && metadata.name.startsWith('python-base-'));
  expect(run?.['spec']).toMatchObject({
    workspaces: [{ name: 'family', configMap: { name: expect.stringMatching(/^contract-base-python-[0-9a-f]{16}$/) as string } }],
  });
  const languages = [servedLua, ...CONTRACTS.languages];
  expect(declare(undefined, {}, {}, { ...CONTRACTS, languages }).synthesize()).toEqual(objects);
});

describe('an image that is pinned', () => {
  const declareIt = () => declare(undefined, {}, { 'python-base': PIN });

  test('is promoted by its digest, and neither made nor tried', () => {
    const { image, synthesize } = declareIt();
    const objects = synthesize();
    const run = objects.find(({ kind, metadata }) => kind === 'PipelineRun' && metadata.name.startsWith('python-base-'));
    expect(run?.['spec']).toMatchObject({
      pipelineRef: { name: 'pinned-image' },
      taskRunSpecs: [{ pipelineTaskName: 'promotion', serviceAccountName: 'promotion' }],
    });
    const pipeline = objects.find(({ kind, metadata }) => kind === 'Pipeline' && metadata.name === 'pinned-image');
    const { tasks } = pipeline?.['spec'] as { tasks: { name: string; params: object[]; when?: object }[] };
    expect(tasks.map(({ name, when: only }) => [name, only])).toEqual([
      ['look-up', undefined],
      ['promotion', undefined],
    ]);
    expect(tasks[0]?.params).toContainEqual(arg('image', '$(params.pinned)'));
    expect(tasks[1]?.params).toEqual(
      expect.arrayContaining([arg('pin', '$(params.pin)'), arg('before', '$(tasks.look-up.results.before)')]),
    );
    const pinnedTo = `registry.test/toolforge-python-base@${PIN.digest}`;
    expect(image.reference).toBe(pinnedTo);
    expect(image.public).toBe('registry.test/toolforge-python-base:latest');
    expect(run?.metadata.annotations).toEqual({ [IMAGE_ANNOTATION]: pinnedTo });
    expect(runParameters(objects, 'python-base')).toMatchObject({
      image: declare().image.reference,
      pinned: pinnedTo,
      pin: PIN.digest,
      tags: 'testing latest',
    });
  });

  test('waits for nothing that is built', () => {
    const { image, builder, runImage } = declareIt();
    const { dependencies } = image.node.findChild('run').node;
    for (const each of [builder, builder.image, runImage]) expect(dependencies).not.toContain(each);
    const runs = dependencies.flatMap((each) => each.node.findAll()).filter((each) => each instanceof PipelineRun);
    expect(runs).toEqual([]);
  });
});
const arg = (name: string, value: string) => ({ name, value });
const pinned = arg('pinned-run-image', '$(tasks.look-up.results.run-image)');
const when = (made: string) => ({ input: '$(tasks.look-up.results.made)', operator: 'in', values: [made] });

test('each phase has its own step; the toolbox has credentials, and what is built runs between the two steps that have them', () => {
  expect(stepsOf(declare().synthesize(), TASK).map(({ name, image: of, user }) => [name, of, user])).toEqual([
    ['analyze', 'registry.test/toolbox:1', 61312],
    ['prepare', 'registry.test/toolbox:1', 0],
    ['detect', '$(params.builder)', 61312],
    ['build', '$(params.builder)', 61312],
    ['check', '$(params.run-image)', 65534],
    ['guard', 'registry.test/toolbox:1', 61312],
    ['export', 'registry.test/toolbox:1', 61312],
  ]);
});

test('the phases run as the specification wants it', () => {
  const objects = declare().synthesize();
  const task = objects.find(({ metadata }) => metadata.name === TASK);
  const { env } = (task?.['spec'] as { stepTemplate: { env: { name: string; value: string }[] } }).stepTemplate;
  const environment = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const programs = {
    analyze: 'analyzer',
    detect: 'detector',
    build: 'builder',
    export: 'exporter',
  } as const;
  const phases = stepsOf(objects, TASK).flatMap(({ name, image, user, mounts }) => {
    const phase = programs[name as keyof typeof programs] as (typeof programs)[keyof typeof programs] | undefined;
    const [inBuilder, holdsCredentials] = [image === '$(params.builder)', CREDENTIALS.some((each) => mounts.includes(each))];
    return phase === undefined ? [] : [{ phase, inBuilder, uid: user, environment, holdsCredentials }];
  });
  const images = [runParameters(objects, 'python-base')['image'] ?? ''];
  expect(buildRunProblems({ phases, builderUid: CNB_USER.uid, images })).toEqual([]);
  expect(environment['CNB_PLATFORM_API']).toBe(PLATFORM_API);
});

test('what runs buildpacks sees no credential, and writes nothing that a step with one reads', () => {
  const steps = stepsOf(declare().synthesize(), TASK);
  const seeing = steps.filter(({ mounts }) => CREDENTIALS.some((each) => mounts.includes(each)));
  expect(seeing.map(({ name, mounts }) => [name, mounts])).toEqual([
    ['analyze', ['control', 'credentials', 'handed']],
    ['export', ['control', 'sealed-layers', 'sealed-app', 'handed']],
  ]);
  for (const step of ['detect', 'build'])
    expect(steps.find(({ name }) => name === step)).toMatchObject({
      mounts: ['control', 'layers', 'app'],
      readOnly: ['control'],
    });
});

test('a rebase is one step of the toolbox, in a pod in which nothing runs that is built', () => {
  expect(stepsOf(declare().synthesize(), 'platform-image-rebase')).toMatchObject([
    { name: 'rebase', image: 'registry.test/toolbox:1', user: 65534, mounts: ['credentials'] },
  ]);
});

test.each([
  [true, 'registry.test'],
  [false, undefined],
])('the lifecycle is told of a registry without TLS: %s', (plainHttp, value) => {
  const task = declare(undefined, { registry: { ...REGISTRY, plainHttp } })
    .synthesize()
    .find(({ metadata }) => metadata.name === TASK);
  const { env } = (task?.['spec'] as { stepTemplate: { env: { name: string; value: string }[] } }).stepTemplate;
  expect(env.find(({ name }) => name === 'CNB_INSECURE_REGISTRIES')?.value).toBe(value);
});

test('a part that the builder cannot lay is said at synth', () => {
  expect(() => declare([...PYTHON, bootstrap]).synthesize()).toThrow(
    "chart/python-base (test/buildpacks/house.ts): builder python-builder has no buildpack for the part 'bootstrap'",
  );
});
