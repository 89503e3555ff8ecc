import { withFiles } from '../../lib/buildpacks/buildpack/buildpack';
import { descriptorOf, imageKindOf } from '../../lib/images/descriptor';
import { imageAddress } from '../../lib/images/image-address';
import { imageProblems } from '../../lib/images/image-problems';
import { Stack, type StackProps } from '../../lib/buildpacks/stack/stack';
import type { Part } from '../../lib/images/part';
import * as parts from '../buildpacks/house';
import { abi, buildpack, BUILDPACKS, type Changes, distroProps, house, languageProps, locked, PYTHON } from '../buildpacks/house';

const addressWith = (changes: Changes = {}, of: readonly Part[] = PYTHON, name = 'python-base'): string =>
  imageAddress(name, of, house(changes).builder);
const language = (changed: object): Changes => ({ language: { lock: { ...languageProps.lock, ...changed } } });
const withBuildpack = (name: string): Changes => ({
  buildpacks: BUILDPACKS.map((each) =>
    each.id.endsWith(name) ? withFiles(each, [{ path: 'bin/build', content: 'other', executable: true }]) : each,
  ),
});

describe('the address of an image', () => {
  test.each<[string, Changes]>([
    ['the versions of packages', language({ run: locked(['make'], '2.0-1') })],
    ['a package more', { language: { packages: { run: ['make', 'curl', 'less'] } } }],
    ['the stack below', { distro: { ...distroProps, files: {} } }],
    ['the packages of the build image', language({ build: locked(['gdb']) })],
    ['a buildpack that it does not use', withBuildpack('uwsgi')],
    ['a buildpack more that looks at sources', { buildpacks: [buildpack('procfile'), ...BUILDPACKS] }],
    ['a runtime that it does not use', { runtimes: ['python'] }],
    ["its builder's name", { names: { builder: 'renamed' } }],
  ])('does not change with %s: that means a rebase, or nothing', (_, changes) => {
    expect(addressWith(changes)).toBe(addressWith());
  });

  test.each<[string, Changes]>([
    ['the environment that the lock has', language({ abi: { ...abi, environment: { TZ: 'UTC' } } })],
    ['a shared library', language({ abi: { ...abi, sonames: ['libssl 1.1'] } })],
    ['the release', language({ abi: { ...abi, distro: 'debian 13' } })],
    ['a file of a buildpack that it uses', withBuildpack('python')],
    ['the buildpack that every image uses', withBuildpack('platform-image')],
    ['its runtime', { python: { version: '3.11.3' } }],
    ['the user of the run image, which a rebase would leave', { language: { user: 2000 } }],
    ['the order of those that it uses', { buildpacks: [...BUILDPACKS.slice(3), ...BUILDPACKS.slice(0, 3)] }],
    ['a system buildpack', { builder: { system: { pre: [buildpack('certificates')] } } }],
    ["an operator's variable", { builder: { buildConfig: [{ name: 'TZ', value: 'UTC', action: 'override' }] } }],
    ['the lifecycle', { lifecycle: 'registry.test/lifecycle:0.21.17' }],
  ])('changes with %s: that means a rebuild', (_, changes) => {
    expect(addressWith(changes)).not.toBe(addressWith());
  });

  test('changes with the content of a system buildpack, which takes part in every build', () => {
    const pre = (text: string) => ({ builder: { system: { pre: [buildpack('certificates', text)] } } });
    expect(addressWith(pre('one'))).not.toBe(addressWith(pre('two')));
  });

  test('changes with its own runner, and with that of no other server', () => {
    const web = [...PYTHON, parts.uwsgi, parts.runner.with({ type: 'python' })];
    const runner = (texts: Readonly<Record<string, string>>): Changes => {
      const files = Object.entries(texts).map(([path, content]) => ({ path, content, executable: false }));
      const own = { ...buildpack('webservice-runner'), files };
      return { buildpacks: BUILDPACKS.map((each) => (each.id === own.id ? own : each)) };
    };
    const before = { 'bin/build': 'a', 'runners/python.sh': 'a', 'runners/generic.sh': 'a' };
    expect(addressWith(runner({ ...before, 'runners/generic.sh': 'b' }), web)).toBe(addressWith(runner(before), web));
    expect(addressWith(runner({ ...before, 'runners/python.sh': 'b' }), web)).not.toBe(addressWith(runner(before), web));
    expect(addressWith(runner({ ...before, 'bin/build': 'b' }), web)).not.toBe(addressWith(runner(before), web));
  });

  test('changes with its parts and its name, which its descriptor says', () => {
    expect(addressWith({}, [...PYTHON, parts.uwsgi])).not.toBe(addressWith());
    expect(addressWith({}, PYTHON, 'renamed')).not.toBe(addressWith());
  });
});

test('its application is its descriptor, whatever the order of parts', () => {
  const described = { format: 1, name: 'python-base', parts: { python: { version: '3.11' } } };
  expect(JSON.parse(descriptorOf('python-base', PYTHON))).toEqual(described);
  expect(descriptorOf('x', [...PYTHON, parts.uwsgi])).toBe(descriptorOf('x', [parts.uwsgi, ...PYTHON]));
  expect(descriptorOf('python-base', [...PYTHON, parts.lua.with({ version: '5.4' })])).toBe(JSON.stringify(described));
});

test('the contract is told what it tries', () => {
  expect(imageKindOf(PYTHON)).toEqual({ kind: 'base', language: { python: '3.11' } });
  expect(imageKindOf([])).toEqual({ kind: 'base' });
  expect(imageKindOf([], true)).toEqual({ kind: 'base', bare: true });
  expect(JSON.stringify(imageKindOf([...PYTHON, parts.uwsgi, parts.runner.with({ type: 'python' })]))).toBe(
    '{"kind":"web","language":{"python":"3.11"}}',
  );
  expect(imageKindOf([parts.lua.with({ version: '5.4' })])).toEqual({ kind: 'base', language: { lua: '5.4' } });
  expect(imageKindOf([parts.runner.with({ type: 'generic' })])).toEqual({ kind: 'web' });
});

describe('what a declaration contradicts or lacks', () => {
  const problems = (name: string, of: readonly Part[]): string[] => imageProblems(name, of, house().builder);

  test('is nothing for a right one, and for a server without a language', () => {
    expect(problems('python-base', PYTHON)).toEqual([]);
    expect(problems('generic-web', [parts.runner.with({ type: 'generic' })])).toEqual([]);
  });

  test.each<[string, string, readonly Part[], string]>([
    [
      'a base with a server',
      'python-base',
      [parts.runner.with({ type: 'generic' })],
      'its name ends in -base, but it has a part that makes webservices',
    ],
    ['a web image without a server', 'python-web', PYTHON, 'its name ends in -web, but it has no part that makes webservices'],
    ['a part twice', 'python-base', [...PYTHON, ...PYTHON], "the part 'python' is named twice; remove one"],
    [
      'two languages',
      'python-base',
      [...PYTHON, parts.lua.with({ version: '5.4' })],
      'it has the languages python and lua, and the contract tries one; make an image of each',
    ],
    [
      'a server without what it starts',
      'python-web',
      [...PYTHON, parts.runner.with({ type: 'python' })],
      "the part 'webservice-runner' needs the part 'uwsgi'; add that to `parts`",
    ],
    [
      'what is in no package of the stack',
      'lua-base',
      [parts.lua.with({ version: '5.4' })],
      "the part 'lua' is in packages that the run image of language lacks: lua5.4; add them to its `packages.run`",
    ],
    ['nothing that is laid', 'plain', [], 'no part of it is laid, and no order group of builder python-builder is for that'],
    [
      'another buildpack than its own',
      'python-base',
      [{ ...parts.uwsgi, buildpack: buildpack('uwsgi', 'other') }],
      "the part 'uwsgi' is laid by another toolforge/uwsgi than builder python-builder has",
    ],
    [
      'another minor version',
      'python-base',
      [parts.python.with({ version: '3.12' })],
      "the part 'python' is 3.12, builder python-builder has 3.11.2",
    ],
    ['toolforge- twice', 'toolforge-python-base', PYTHON, 'its repository would be toolforge-toolforge-python-base; expected is'],
    ['a name that no descriptor takes', 'python3.11-base', PYTHON, "its name is 'python3.11-base', but expected are"],
    ['a part without what it needs', 'python-base', [parts.uwsgi], "the part 'uwsgi' needs the part 'python'"],
    [
      'a version of no form',
      'python-base',
      [parts.python.with({ version: '3.1e1' })],
      "the part 'python' has the version '3.1e1'; expected is what matches 3\\.[0-9]{1,2}",
    ],
    [
      'a part without a buildpack',
      'python-base',
      [parts.bootstrap],
      "builder python-builder has no buildpack for the part 'bootstrap'; it has: python, uwsgi, webservice-runner, platform-image",
    ],
  ])('is said: %s', (_, name, parts, problem) => {
    expect(problems(name, parts)).toContainEqual(expect.stringContaining(problem));
  });

  test('is a part whose runtime the builder lacks', () => {
    expect(imageProblems('python-base', [...PYTHON, parts.uwsgi], house({ runtimes: ['python'] }).builder)).toEqual([
      "builder python-builder has no runtime for the part 'uwsgi'; add it to `runtimes`",
    ]);
  });
});

describe('an image on a run image above that of its builder', () => {
  const above = (changes: Changes = {}, props: Partial<StackProps> = {}) => {
    const { chart, distro, language, builder } = house(changes);
    const lock = { stack: 'above', abi, run: locked(['lua5.4']), build: {} };
    return {
      stack: new Stack(chart, 'above', { extends: language, packages: { run: ['lua5.4'] }, lock, ...props }),
      distro,
      builder,
    };
  };
  const address = ({ stack, builder }: ReturnType<typeof above>): string => imageAddress('python-base', PYTHON, builder, stack);

  test('has what its parts are in from there', () => {
    const { stack, builder } = above();
    expect(
      imageProblems('lua-base', [...PYTHON.slice(1), parts.lua.with({ version: '5.4' })], builder, stack),
    ).not.toContainEqual(expect.stringContaining('lacks: lua5.4'));
    expect(imageProblems('python-base', PYTHON, builder, stack)).toEqual([]);
  });

  test('is built again for what it relies on there, and for another stack: the lifecycle rebases on the one that an image knows', () => {
    expect(address(above())).not.toBe(addressWith());
    const lock = { stack: 'above', abi: { ...abi, sonames: [] }, run: {}, build: {} };
    expect(address(above({}, { lock }))).not.toBe(address(above()));
    expect(address(above(language({ abi: { ...abi, sonames: [] } })))).toBe(address(above()));
  });

  test.each<[string, Partial<StackProps>, string]>([
    [
      'another user, which a rebase would leave',
      { user: 2000 },
      'its stack is above (chart/above) with the user 2000, but language, the stack of builder python-builder, has 65534; give both one user',
    ],
    [
      'a facade of another version than the builder has',
      { facade: { '/usr/bin/python3.9': '/layers/toolforge_python/python/bin/python3.9' } },
      'the facade of above has 1 links into python 3.9, such as /usr/bin/python3.9, but the runtime python (chart/python) is 3.11.2',
    ],
  ])('is refused with %s', (_, props, problem) => {
    const { stack, builder } = above({}, props);
    expect(imageProblems('python-base', PYTHON, builder, stack)).toEqual([expect.stringContaining(problem)]);
  });

  test('is refused beside that of its builder, and on another release', () => {
    const { distro, builder } = above();
    expect(imageProblems('python-base', PYTHON, builder, distro)).toEqual([
      'its stack is distro (chart/distro), which does not stand on language (chart/language), the stack of builder python-builder: ' +
        'layers may link to libraries that are not there; have it extend language, or name a builder of a stack below it',
    ]);
    const trixie = house({ base: { suite: 'trixie' } }).distro;
    expect(imageProblems('python-base', PYTHON, builder, trixie)).toContain(
      'its stack is distro (chart/distro) of trixie, but builder python-builder is for bookworm; name a builder of trixie',
    );
  });
});

describe('an image of which nothing is laid', () => {
  const plain = buildpack('plain-image');
  const builder = house({ builder: { order: [[plain], BUILDPACKS] }, runtimes: [] }).builder;

  test('is made by the group of such images', () => {
    expect(imageProblems('plain', [], builder)).toEqual([]);
    expect(descriptorOf('plain', [])).toBe('{"format":1,"name":"plain","parts":{}}');
  });

  test('may be on any stack of the release, since nothing links to it', () => {
    const { chart, base, language } = house();
    const lock = { stack: 'alone', abi, run: locked(['nano']), build: {} };
    const alone = new Stack(chart, 'alone', { extends: base, packages: { run: ['nano'] }, lock });
    expect(imageProblems('plain', [], builder, alone)).toEqual([]);
    expect(imageProblems('python-base', PYTHON, house().builder, alone)[0]).toContain('which does not stand on language');
    expect(imageAddress('plain', [], builder, alone)).not.toBe(imageAddress('plain', [], builder, language));
  });

  test('has an address that no part changes', () => {
    const other = house({ builder: { order: [[plain], BUILDPACKS.slice(1)] }, runtimes: [] }).builder;
    expect(imageAddress('plain', [], other)).toBe(imageAddress('plain', [], builder));
    const order = [[buildpack('plain-image', 'other')], BUILDPACKS];
    expect(imageAddress('plain', [], house({ builder: { order }, runtimes: [] }).builder)).not.toBe(
      imageAddress('plain', [], builder),
    );
  });
});
