import { changedLayers, type PackagedLayer } from '../../../bench/layers/changed-layers';
import { packagesByLists } from '../../../bench/layers/dpkg-layers';
import { UPDATES } from '../../../bench/layers/package-updates';
import { newBytes, registryUpdate } from '../../../bench/layers/registry-updates';
import { explainedLayers } from '../../../bench/layers/run-image-layers';

const layer = (digest: string, place: PackagedLayer['place'], ...packages: string[]): PackagedLayer => ({
  digest,
  size: 10,
  what: '',
  place,
  packages,
});

const image = [
  layer('base', 'packages', 'libc6'),
  layer('ssl', 'packages', 'libssl3', 'openssl'),
  layer('git', 'packages', 'git'),
  layer('state', 'state'),
  layer('python', 'above'),
];
const openssl = { name: 'openssl', packages: /^libssl3$/, image: '' };
const digests = (layers: readonly PackagedLayer[]): string[] => layers.map(({ digest }) => digest);

test.each([
  ['umoci', ['ssl', 'git', 'state', 'python']],
  ['docker', ['ssl', 'git', 'state', 'python']],
  ['before', ['ssl', 'git', 'state']],
  ['ours', ['ssl', 'state']],
] as const)('an update of an image in the style %s changes %j', (style, changed) => {
  expect(digests(changedLayers(style, image, openssl))).toEqual(changed);
});

test.each(['umoci', 'docker', 'before', 'ours'] as const)('%s: an image without the package stays', (style) => {
  expect(changedLayers(style, image, { packages: /^php8\.2$/ })).toEqual([]);
});

test.each([
  ['openssl', ['openssl', 'libssl3', 'libssl-dev'], ['libssl-perl', 'openssl-provider', 'python3-openssl', 'libssh2-1']],
  ['glibc', ['libc6', 'libc-bin', 'libc6-dev', 'locales', 'libc-l10n'], ['locales-all', 'libc-ares2', 'libc6-i386-cross']],
  ['glibc, and a locale', ['libc6', 'locales-all'], ['locales-all-x']],
  [
    'php8.2',
    ['php8.2', 'php8.2-cli', 'php8.2-mysql', 'libapache2-mod-php8.2'],
    ['php8.2-apcu', 'php8.2-redis', 'php-cli', 'php8.20', 'php8x2-cli'],
  ],
])('an update of %s is one of %j, not of %j', (update, own, others) => {
  const packages = UPDATES.find(({ name }) => name === update)?.packages ?? /$^/;
  expect(own.filter((each) => packages.test(each))).toEqual(own);
  expect(others.filter((each) => packages.test(each))).toEqual([]);
});

test('in the registry, a layer that images share is new once, and images without the package do not count', () => {
  const other = [layer('base', 'packages', 'libc6'), layer('ssl', 'packages', 'libssl3'), layer('state-2', 'state')];
  const without = [layer('base', 'packages', 'libc6'), layer('state-3', 'state')];
  const all = [image, other, without];
  const found = registryUpdate(openssl, { umoci: all, docker: all, ours: all }, ['umoci', 'docker', 'ours']);
  expect(found.images).toBe(2);
  expect([newBytes(found, 'ours'), newBytes(found, 'docker')]).toEqual([30, 50]);
  expect(found.layers.before).toBeUndefined();
});

describe('a rebased image, which has no history', () => {
  const makers = new Map([
    ['base', 'glibc-2: libc-bin libc6'],
    ['state', 'state'],
  ]);
  const stored = (...all: string[]) => all.map((digest) => ({ digest, size: 1, what: '' }));

  test('is explained by its run image', () => {
    const explained = explainedLayers('x', stored('base', 'state', 'python'), makers);
    expect(explained.map(({ place, packages }) => [place, packages])).toEqual([
      ['packages', ['libc-bin', 'libc6']],
      ['state', []],
      ['above', []],
    ]);
  });

  test('without its run image is not taken for one without packages', () => {
    expect(() => explainedLayers('x', stored('other', 'python'), makers)).toThrow(
      'no run image in the registry has layer 1 of x',
    );
    expect(() => explainedLayers('x', stored('base', 'other', 'state'), makers)).toThrow('layer 2 of x');
  });
});

test("dpkg's lists name what was installed, for whatever architecture", () => {
  const files = [
    './var/lib/dpkg/info/libssl3:amd64.list',
    'var/lib/dpkg/info/bash.list',
    'var/lib/dpkg/info/dash.md5sums',
    'usr/x.list',
  ];
  expect(packagesByLists(files)).toEqual(['libssl3', 'bash']);
});
