import { parse } from 'smol-toml';
import { Builder } from '../../../lib/buildpacks/builder/builder';
import { Runtime } from '../../../lib/buildpacks/runtime/runtime';
import type { Manifest } from '../../../lib/synth/synthesized';
import { runParameters, stepsOf } from '../../tekton/manifests';
import { buildpack, BUILDPACKS, type Changes, distroProps, house, languageProps, locked } from '../house';

const RUN = 'python-builder-builder';
const paramsWith = (changes: Changes = {}) => runParameters(house(changes).manifests(), RUN);
const filesOf = (objects: readonly Manifest[]) => objects.find(({ kind }) => kind === 'ConfigMap');

test('the order says which buildpacks a group passes without', () => {
  expect(parse(paramsWith()['order'] ?? '')).toEqual({
    order: [
      {
        group: [
          { id: 'toolforge/python', version: '1.2.3', optional: true },
          { id: 'toolforge/uwsgi', version: '1.2.3', optional: true },
          { id: 'toolforge/webservice-runner', version: '1.2.3', optional: true },
          { id: 'toolforge/platform-image', version: '1.2.3' },
        ],
      },
    ],
  });
});

test('several groups have each buildpack once', () => {
  const [python, uwsgi] = BUILDPACKS;
  const order = [[python, uwsgi], [python]] as (typeof BUILDPACKS)[];
  const { builder } = house({ builder: { order } });
  expect(builder.buildpacks).toEqual([python, uwsgi]);
});

test('the run image is named without a tag, so that a rebase onto a later one is allowed', () => {
  const repository = 'registry.test/platform/language-run';
  expect(parse(paramsWith()['run'] ?? '')).toEqual({ images: [{ image: repository }] });
  expect(JSON.parse(paramsWith()['metadata'] ?? '')).toMatchObject({
    buildpacks: BUILDPACKS.map(({ id, version }) => ({ id, version })),
    images: [{ image: repository }],
  });
  const mirrors = ['mirror.test/platform/language-run'];
  expect(parse(paramsWith({ builder: { mirrors } })['run'] ?? '')).toEqual({ images: [{ image: repository, mirrors }] });
});

test("system buildpacks and the operator's variables go into the builder", () => {
  const pre = [buildpack('certificates')];
  const buildConfig = [
    { name: 'HTTP_PROXY', value: 'http://proxy:1', action: 'default' },
    { name: 'PATH', value: '/opt/bin', action: 'append', delimiter: ':' },
  ] as const;
  const params = paramsWith({ builder: { system: { pre }, buildConfig } });
  expect(parse(params['system'] ?? '')).toMatchObject({ system: { pre: { buildpacks: [{ id: 'toolforge/certificates' }] } } });
  expect(JSON.parse(params['build-config'] ?? '')).toEqual([
    { name: 'HTTP_PROXY.default', content: 'http://proxy:1' },
    { name: 'PATH.append', content: '/opt/bin' },
    { name: 'PATH.delim', content: ':' },
  ]);
  expect(paramsWith()['system']).toBeUndefined();
});

test('a runtime lies in the folder of the buildpack that lays it', () => {
  const { python, uwsgi } = house();
  expect(paramsWith()['runtimes']).toBe(
    `toolforge_python/1.2.3 ${python.image.reference}\ntoolforge_uwsgi/1.2.3 ${uwsgi.image.reference}`,
  );
});

test('a runtime that no buildpack lays is said at synth, naming builder and buildpack', () => {
  expect(() => house({ buildpacks: BUILDPACKS.slice(1) }).app.synthesize()).toThrow(
    'chart/python-builder (test/buildpacks/house.ts): nothing lays the runtime python; add the buildpack toolforge/python to `order`',
  );
});

test.each<[string, Changes, RegExp]>([
  ['an empty order', { builder: { order: [] } }, /order is \[\]; expected at least one group \(platform 0.15, "order.toml/],
  ['a variable of the platform', { builder: { buildConfig: [{ name: 'CNB_X', value: '', action: 'override' }] } }, /reserved/],
  ['a mirror in the same registry', { builder: { mirrors: ['registry.test/other'] } }, /platform 0.15, "run.toml/],
  [
    'a lifecycle that does not speak our API',
    { lifecycle: 'registry.test/lifecycle:0.20.11' },
    /the platform API is '0.15'; expected/,
  ],
  [
    'a buildpack for another system',
    { buildpacks: [{ ...buildpack('x'), targets: [{ os: 'windows' }] }] },
    /buildpack 0.12, "Targets"/,
  ],
])('what the specification forbids is said at synth, with its section: %s', (_, changes, problem) => {
  expect(() => house({ runtimes: [], ...changes }).app.synthesize()).toThrow(problem);
});

test('a runtime for another release is said at synth', () => {
  const { chart, language, app } = house();
  const trixie = { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '13' } } as const;
  const image = `registry.test/python@sha256:${'5'.repeat(64)}`;
  const python = Runtime.fromImage(chart, 'their-python', { image, version: '3.13.5', target: trixie });
  new Builder(chart, 'other', { stack: language, runtimes: [python], order: [[buildpack('their-python')]] });
  expect(() => app.synthesize()).toThrow(
    'chart/other (test/buildpacks/house.ts): the runtime their-python is for debian 13, the stack is another release',
  );
});

test('a lifecycle may be named by tag and digest', () => {
  const lifecycle = `registry.test/lifecycle:0.21.0@sha256:${'1'.repeat(64)}`;
  expect(() => house({ lifecycle }).app.synthesize()).not.toThrow();
  expect(house({ lifecycle }).builder.image.address).not.toBe(house().builder.image.address);
});

test('a lifecycle of an unknown version is refused, naming the settings', () => {
  expect(() => house({ lifecycle: 'registry.test/lifecycle:latest' })).toThrow(
    "the lifecycle 'registry.test/lifecycle:latest' has the version 'latest'; known are 0.20, 0.21",
  );
});

describe('the address', () => {
  const addressWith = (changes: Changes): string => house(changes).builder.image.address;

  test.each<[string, Changes]>([
    ['a file of a buildpack', { buildpacks: [buildpack('python', 'other'), ...BUILDPACKS.slice(1)] }],
    ['the order of buildpacks', { buildpacks: [...BUILDPACKS].reverse() }],
    ['a runtime', { python: { version: '3.11.3' } }],
    ['a package of its build image', { language: { lock: { ...languageProps.lock, build: locked(['gdb']) } } }],
    ['a package of a stack below', { distro: { lock: { ...distroProps.lock, run: locked(['curl', 'less'], '2') } } }],
    ['the lifecycle', { lifecycle: 'registry.test/lifecycle:0.21.17' }],
    ['a mirror of its run image', { builder: { mirrors: ['mirror.test/run'] } }],
    ["an operator's variable", { builder: { buildConfig: [{ name: 'TZ', value: 'UTC', action: 'override' }] } }],
    ['a system buildpack', { builder: { system: { post: [buildpack('x')] } } }],
  ])('changes with %s', (_, changes) => {
    expect(addressWith(changes)).not.toBe(addressWith({}));
  });

  test('changes with nothing that is not in the builder', () => {
    expect(addressWith({ names: { builder: 'renamed' } })).toBe(addressWith({}));
    expect(addressWith({ lifecycle: 'other.test/elsewhere:0.21.0' })).toBe(addressWith({}));
  });
});

test('build image, runtimes and files come before the run', () => {
  const { builder, language, python, uwsgi, manifests } = house();
  expect(builder.image.node.dependencies).toEqual(
    expect.arrayContaining([language.buildImage, python.image, uwsgi.image]) as unknown,
  );
  const kinds = manifests().map(({ kind }) => kind);
  expect(kinds.indexOf('ConfigMap')).toBeLessThan(kinds.lastIndexOf('PipelineRun'));
});

test('the files of buildpacks are named by their content, and never changed', () => {
  const files = filesOf(house().manifests());
  expect(files?.metadata.name).toMatch(/^python-builder-buildpacks-[0-9a-f]{10}$/);
  expect(files).toMatchObject({ immutable: true, data: { toolforge_python__bin__build: '#!/bin/bash\n' } });
  const changed = house({ buildpacks: [buildpack('python', '#!/bin/sh\n'), ...BUILDPACKS.slice(1)] });
  expect(filesOf(changed.manifests())?.metadata.name).not.toBe(files?.metadata.name);
});

test('each file is where the image will have it, and only programs can be started', () => {
  const objects = house().manifests();
  const run = objects.find(({ kind, metadata }) => kind === 'PipelineRun' && metadata.name.startsWith(RUN));
  const [workspace] = (run?.['spec'] as { workspaces: { name: string; configMap: { name: string; items: object[] } }[] })
    .workspaces;
  expect(workspace).toMatchObject({ name: 'buildpacks', configMap: { name: filesOf(objects)?.metadata.name } });
  expect(workspace?.configMap.items.slice(0, 2)).toEqual([
    { key: 'toolforge_python__bin__build', path: 'toolforge_python/1.2.3/bin/build', mode: 0o755 },
    { key: 'toolforge_python__lay__layer.sh', path: 'toolforge_python/1.2.3/lay/layer.sh', mode: 0o644 },
  ]);
});

test('nobody makes it, and what assembles it sees no credential', () => {
  expect(stepsOf(house().manifests(), 'builder-image').map(({ name, user, mounts }) => [name, user, mounts])).toEqual([
    ['pull', 65534, ['image', 'credentials', 'handed']],
    ['assemble', 65534, ['work', 'image']],
    ['guard', 65534, ['image']],
    ['push', 65534, ['image', 'handed']],
  ]);
});
