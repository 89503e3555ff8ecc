import { PromotionAccess } from '../../lib/registry/promotion-access';
import { ToolImage, type ToolImageProps } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { Registry } from '../../lib/registry/registry';
import { toolOf } from '../../lib/toolforge/tool';
import {
  buildpack,
  BUILDPACKS,
  type Changes,
  house,
  languageProps,
  locked,
  PYTHON,
  REGISTRY,
  bootstrap,
} from '../buildpacks/house';
import { runParameters, stepsOf } from '../tekton/manifests';
import { layersLast, whatLasts } from './lasting';

const TASK = 'tool-image-build';
const tool = toolOf('tools', { name: 'tool', uid: 50001 });
const source = { url: 'https://git.test/tool', commit: 'a'.repeat(40), folder: 'services/web' } as const;

function declare(props: Partial<ToolImageProps> = {}, changes: Changes = {}, id = 'web') {
  const { chart, making, builder, language, manifests } = house({
    buildpacks: [...BUILDPACKS, buildpack('procfile')],
    ...changes,
  });
  const pipeline = new ToolImagePipeline(chart, 'tool-image', {
    ...making,
    promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
  });
  const image = new ToolImage(chart, id, { pipeline, tool, builder, source, parts: PYTHON, ...props });
  return { image, builder, runImage: language.runImage, manifests };
}
const taskOf = (declared: ReturnType<typeof declare>, name: string) =>
  declared.manifests().find(({ kind, metadata }) => kind === 'Task' && metadata.name === name)?.['spec'] as {
    readonly volumes: readonly { readonly name: string }[];
    readonly steps: readonly { readonly name: string; readonly env?: readonly { readonly name: string }[] }[];
  };

test("an image goes to its tool's repository under immutable tags, and is used by latest", () => {
  const { image, builder, runImage, manifests } = declare();
  const layers = `registry.test/tool-tool/web:c-${image.address}`;
  expect(image.reference).toBe(`${layers}-r${runImage.address}`);
  expect(image.public).toBe('registry.test/tool-tool/web:latest');
  expect(runParameters(manifests(), 'tool-web')).toEqual({
    image: image.reference,
    layers,
    builder: builder.image.reference,
    lifecycle: '0.21.0',
    'run-image': runImage.reference,
    run: builder.run,
    descriptor: '{"format":1,"name":"tool-web","parts":{"python":{"version":"3.11"}}}',
    repository: 'registry.test/tool-tool/web',
    tags: 'latest',
    'source-url': source.url,
    'source-commit': source.commit,
    'source-folder': 'services/web',
  });
});

test('an image without parts and of a whole repository says so to its build', () => {
  const { manifests } = declare({ parts: [], source: { url: source.url, commit: source.commit } });
  expect(runParameters(manifests(), 'tool-web')).toMatchObject({ descriptor: '', 'source-folder': '' });
});

test('another run image is another tag of the same layers', () => {
  const { image } = declare();
  const rebased = declare({}, { language: { lock: { ...languageProps.lock, run: locked(['make'], '2.0-1') } } }).image;
  expect(rebased.address).toBe(image.address);
  expect(rebased.reference).not.toBe(image.reference);
});

test('its layers last: later runs need the builder only where the registry has them no more', () => {
  const { image, builder } = declare();
  expect(whatLasts(image)).toEqual(layersLast(image, builder));
});

test('what it stands on comes before', () => {
  const { image, builder, runImage } = declare();
  expect(image.node.findChild('run').node.dependencies).toEqual(expect.arrayContaining([builder.image, runImage]) as unknown);
});

test('an image that another environment makes is named by its addresses, and nothing is run for it', () => {
  const { chart, manifests } = house();
  const before = manifests().length;
  const { image, runImage } = declare();
  const imported = ToolImage.fromReference(chart, 'web', {
    registry: new Registry(REGISTRY),
    tool,
    address: image.address,
    runImage: runImage.address,
  });
  expect(imported).toMatchObject({ reference: image.reference, public: image.public });
  expect(manifests()).toHaveLength(before);
});

test('the phases are those of platform images, and one that brings the source, as the user of builds', () => {
  expect(stepsOf(declare().manifests(), TASK).map(({ name, image: of, user }) => [name, of, user])).toEqual([
    ['analyze', 'registry.test/toolbox:1', 61312],
    ['prepare', 'registry.test/toolbox:1', 0],
    ['fetch', 'registry.test/toolbox:1', 61312],
    ['detect', '$(params.builder)', 61312],
    ['build', '$(params.builder)', 61312],
    ['check', '$(params.run-image)', 65534],
    ['guard', 'registry.test/toolbox:1', 61312],
    ['export', 'registry.test/toolbox:1', 61312],
  ]);
});

test('neither what fetches the source nor what runs buildpacks sees a credential, and nothing has a token', () => {
  const declared = declare();
  const steps = stepsOf(declared.manifests(), TASK);
  const seeing = (volume: string) => steps.filter(({ mounts }) => mounts.includes(volume)).map(({ name }) => name);
  expect([seeing('credentials'), seeing('handed')]).toEqual([['analyze'], ['analyze', 'export']]);
  expect(steps.find(({ name }) => name === 'fetch')?.mounts).toEqual(['control', 'app', 'work']);
  expect(taskOf(declared, TASK).volumes.map(({ name }) => name)).toEqual([
    ...['control', 'layers', 'app', 'sealed-layers', 'sealed-app', 'work', 'credentials', 'handed'],
  ]);
});

test('only the step that fetches the source is told where it is', () => {
  const told = taskOf(declare(), TASK).steps.filter(({ env }) => env?.some(({ name }) => name === 'SOURCE_URL'));
  expect(told.map(({ name }) => name)).toEqual(['fetch']);
});

test('what was built becomes latest, by compare and swap, without a contract', () => {
  const manifests = declare().manifests();
  const pipeline = manifests.find(({ kind, metadata }) => kind === 'Pipeline' && metadata.name === 'tool-image');
  expect(pipeline?.['spec']).toMatchObject({
    tasks: [
      { name: 'look-up' },
      { name: 'build' },
      { name: 'rebase' },
      {
        name: 'publication',
        params: [
          { name: 'image', value: '$(params.image)' },
          { name: 'tags', value: '$(params.tags)' },
          { name: 'before', value: '$(tasks.look-up.results.before)' },
        ],
        runAfter: ['build', 'rebase'],
      },
    ],
  });
  expect(stepsOf(manifests, 'publication')).toEqual([
    { name: 'publish', image: 'registry.test/toolbox:1', user: 65534, mounts: ['credentials', 'api'], readOnly: [] },
  ]);
});

describe('at synth is said, with the path of the construct,', () => {
  test.each<[string, Partial<ToolImageProps>, string]>([
    [
      'a branch',
      { source: { ...source, commit: 'main' } },
      "chart/web (test/buildpacks/house.ts): the source's commit is 'main', but expected is the full hash",
    ],
    [
      'a folder outside',
      { source: { ...source, folder: 'a/../..' } },
      "chart/web (test/buildpacks/house.ts): the source's folder is 'a/../..'",
    ],
    [
      'a source without TLS',
      { source: { ...source, url: 'http://git.local/tool' } },
      "chart/web (test/buildpacks/house.ts): the source's url is",
    ],
    [
      'a part that the builder cannot lay',
      { parts: [bootstrap] },
      'chart/web (test/buildpacks/house.ts): builder python-builder has no',
    ],
  ])('%s', (_, props, message) => {
    expect(() => declare(props).manifests()).toThrow(message);
  });

  test('nothing of a source without TLS where the registry has none either', () => {
    const props = { source: { ...source, url: 'http://git.local/tool' } } as const;
    expect(() => declare(props, { registry: { ...REGISTRY, plainHttp: true } }).manifests()).not.toThrow();
  });

  test('an id that no registry takes', () => {
    expect(() => declare({}, {}, 'Web')).toThrow("chart/Web: 'tool-tool/Web' cannot be a repository of registry.test");
  });
});
