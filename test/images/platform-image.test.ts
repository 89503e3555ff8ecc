import { descriptorOf, familyOf } from '../../lib/images/descriptor';
import { imageAddress } from '../../lib/images/image-address';
import { imageProblems } from '../../lib/images/image-problems';
import type { Parts } from '../../lib/images/descriptor';
import { abi, buildpack, BUILDPACKS, type Changes, distroProps, house, languageProps, locked } from '../buildpacks/house';

const PYTHON = { python: { version: '3.11' } } as const;
const addressWith = (changes: Changes = {}, parts: Parts = PYTHON, name = 'python-base'): string =>
  imageAddress(name, parts, house(changes).builder);
const language = (changed: object): Changes => ({ language: { lock: { ...languageProps.lock, ...changed } } });
const withBuildpack = (name: string): Changes => ({
  buildpacks: BUILDPACKS.map((each) => (each.id.endsWith(name) ? buildpack(name, 'other') : each)),
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
    const web = { ...PYTHON, uwsgi: {}, 'webservice-runner': { type: 'python' } } as const;
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
    expect(addressWith({}, { ...PYTHON, uwsgi: {} })).not.toBe(addressWith());
    expect(addressWith({}, PYTHON, 'renamed')).not.toBe(addressWith());
  });
});

test('its application is its descriptor, whatever the order of parts', () => {
  expect(JSON.parse(descriptorOf('python-base', PYTHON))).toEqual({ format: 1, name: 'python-base', parts: PYTHON });
  expect(descriptorOf('x', { ...PYTHON, uwsgi: {} })).toBe(descriptorOf('x', { uwsgi: {}, ...PYTHON }));
});

test('the contract is told what it tries', () => {
  expect(familyOf(PYTHON)).toEqual({ kind: 'base', language: { python: '3.11' } });
  expect(familyOf({})).toEqual({ kind: 'base' });
  expect(familyOf({ 'webservice-runner': { type: 'generic' } })).toEqual({ kind: 'web' });
});

describe('what a declaration contradicts or lacks', () => {
  const problems = (name: string, parts: Parts): string[] => imageProblems(name, parts, house().builder);

  test('is nothing for a right one, and for a server without a language', () => {
    expect(problems('python-base', PYTHON)).toEqual([]);
    expect(problems('bookworm-web', { 'webservice-runner': { type: 'generic' } })).toEqual([]);
  });

  test.each<[string, string, Parts, string]>([
    [
      'a base with a server',
      'python-base',
      { 'webservice-runner': { type: 'generic' } },
      'its name ends in -base, but it has the part',
    ],
    ['a web image without a server', 'python-web', PYTHON, "its name ends in -web, but it lacks the part 'webservice-runner'"],
    [
      'another minor version',
      'python-base',
      { python: { version: '3.12' } },
      "the part 'python' is 3.12, builder python-builder has 3.11.2",
    ],
    ['toolforge- twice', 'toolforge-python-base', PYTHON, 'its repository would be toolforge-toolforge-python-base; expected is'],
    ['a name that no descriptor takes', 'python3.11-base', PYTHON, "its name is 'python3.11-base', but expected are"],
    ['a part without what it needs', 'python-base', { uwsgi: {} }, "the part 'uwsgi' needs the part 'python'"],
    [
      'a version of no form',
      'python-base',
      { python: { version: '3.1e1' } },
      "the part 'python' has the version '3.1e1'; expected is a minor version such as 3.11",
    ],
    ['no parts', 'python-base', {}, 'it has no parts; name at least one in `parts`'],
    [
      'a part without a buildpack',
      'python-base',
      { 'webservice-python-bootstrap': {} },
      "builder python-builder has no buildpack for the part 'webservice-python-bootstrap'; it has: python, uwsgi, webservice-runner, platform-image",
    ],
  ])('is said: %s', (_, name, parts, problem) => {
    expect(problems(name, parts)).toContainEqual(expect.stringContaining(problem));
  });

  test('is a part whose runtime the builder lacks', () => {
    expect(imageProblems('python-base', { ...PYTHON, uwsgi: {} }, house({ runtimes: ['python'] }).builder)).toEqual([
      "builder python-builder has no runtime for the part 'uwsgi'; add it to `runtimes`",
    ]);
  });
});
