import {
  descriptorOf,
  familyOf,
  imageAddress,
  imageProblems,
  type PlatformImage,
  repositoryOf,
  tagsOf,
} from '../../lib/images/platform-image';
import type { Stack } from '../../lib/buildpacks/stack/stack';
import { builder, buildpack, distro, image, language, locked, python } from '../buildpacks/declarations';

const lifecycle = 'registry.test/lifecycle:0.20.11';
const addressOf = (each: PlatformImage): string => imageAddress(each, lifecycle);
const onStack = (stack: Stack): PlatformImage => ({ ...image, builder: { ...builder, stack } });
const withBuildpack = (name: string): PlatformImage => ({
  ...image,
  builder: {
    ...builder,
    buildpacks: builder.buildpacks.map((each) => (each.id.endsWith(name) ? buildpack(name, 'other') : each)),
  },
});
const abi = (change: object): PlatformImage =>
  onStack({ ...language, lock: { ...language.lock, abi: { ...language.lock.abi, ...change } } });

describe('the address of an image', () => {
  test.each<[string, PlatformImage]>([
    ['the versions of packages', onStack({ ...language, lock: { ...language.lock, run: locked(['make'], '2.0-1') } })],
    ['a package more', onStack({ ...language, packages: { run: ['make', 'curl', 'less'], build: [] } })],
    ['the stack below', onStack({ ...language, extends: { ...distro, files: {} } })],
    ['the packages of the build image', onStack({ ...language, lock: { ...language.lock, build: locked(['gdb']) } })],
    ['a buildpack that it does not use', withBuildpack('uwsgi')],
    ['a runtime that it does not use', { ...image, builder: { ...builder, runtimes: [python] } }],
    ["its builder's name", { ...image, builder: { ...builder, name: 'renamed' } }],
  ])('does not change with %s: that means a rebase, or nothing', (_, changed) => {
    expect(addressOf(changed)).toBe(addressOf(image));
  });

  test.each<[string, PlatformImage]>([
    ['the environment that the lock has', abi({ environment: { TZ: 'UTC' } })],
    ['a shared library', abi({ sonames: ['libssl 1.1'] })],
    ['the release', abi({ distro: 'debian 13' })],
    ['a file of a buildpack that it uses', withBuildpack('python')],
    ['the buildpack that every image uses', withBuildpack('platform-image')],
    ['its runtime', { ...image, builder: { ...builder, runtimes: [{ ...python, version: '3.11.3' }] } }],
    ['its parts', { ...image, parts: { ...image.parts, uwsgi: {} } }],
    ['its name, which its descriptor says', { ...image, name: 'renamed' }],
  ])('changes with %s: that means a rebuild', (_, changed) => {
    expect(addressOf(changed)).not.toBe(addressOf(image));
  });

  test('changes with the lifecycle', () => {
    expect(imageAddress(image, 'registry.test/lifecycle:0.21.0')).not.toBe(addressOf(image));
  });
});

test('another run image is another tag of the same layers', () => {
  const before = tagsOf(image, lifecycle);
  const after = tagsOf(onStack({ ...language, lock: { ...language.lock, run: locked(['make'], '2.0-1') } }), lifecycle);
  expect(before.image).toMatch(new RegExp(`^${before.layers}-r[0-9a-f]{16}$`));
  expect(after.layers).toBe(before.layers);
  expect(after.image).not.toBe(before.image);
});

test('an image is where the legacy image is, and its application is its descriptor', () => {
  expect(repositoryOf({ name: 'python311-sssd-web' })).toBe('toolforge-python311-sssd-web');
  expect(JSON.parse(descriptorOf(image))).toEqual({ format: 1, name: 'python-base', parts: { python: { version: '3.11' } } });
});

test('the contract is told what it tries', () => {
  expect(familyOf(image)).toEqual({ kind: 'base', language: { python: '3.11' } });
  expect(familyOf({ ...image, parts: {} })).toEqual({ kind: 'base' });
});

test('what the parts of an image contradict or lack is a problem', () => {
  expect(imageProblems({ ...image, parts: { 'webservice-runner': { type: 'generic' } } })).toEqual(
    expect.arrayContaining([
      "image python-base: the contract knows no web image without the part 'python'",
      "image python-base: its name ends in -base, but it has the part 'webservice-runner'",
    ]),
  );
  expect(imageProblems({ ...image, name: 'python-web' })).toEqual([
    "image python-web: its name ends in -web, but it lacks the part 'webservice-runner'",
  ]);
  expect(imageProblems({ ...image, parts: { python: { version: '3.12' } } })).toEqual([
    expect.stringMatching(/^image python-base: the part 'python' is 3\.12, builder .* has 3\.11\.\d+$/),
  ]);
});

test('the order in which parts are declared changes nothing', () => {
  const parts = { python: { version: '3.11' }, uwsgi: {} } as const;
  const turned = { uwsgi: {}, python: { version: '3.11' } } as const;
  expect(descriptorOf({ ...image, parts })).toBe(descriptorOf({ ...image, parts: turned }));
});

test('a part without a buildpack is a problem, which names those that there are', () => {
  expect(imageProblems(image)).toEqual([]);
  expect(imageProblems({ ...image, parts: { 'webservice-python-bootstrap': {} } })).toEqual([
    "image python-base: builder python has no buildpack for the part 'webservice-python-bootstrap'; " +
      'it has: python, uwsgi, webservice-runner, platform-image',
  ]);
});
