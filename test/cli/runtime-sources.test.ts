import { newestOf, parseNewest, sourcesOf } from '../../cli/runtime-sources';
import { inToolbox } from '../../cli/toolbox';
import { fromDebian } from '../../lib/buildpacks/debian/debian-files';
import { ARCHIVE } from '../../lib/buildpacks/runtime/recipe';
import { Runtime } from '../../lib/buildpacks/runtime/runtime';
import type { Settings } from '../../lib/settings/settings';
import { house } from '../buildpacks/house';

// What talks to the cluster, whose packages jest cannot read.
jest.mock('../../cli/toolbox', () => ({ inToolbox: jest.fn() }));

const sum = (character: string): string => character.repeat(64);
const source = fromDebian('pool/main/p/python3.11', {
  'python3.11_3.11.2.orig.tar.gz': sum('a'),
  'python3.11_3.11.2-6+deb12u8.dsc': sum('b'),
});
const authors = fromDebian('pool/main/u/uwsgi', { 'uwsgi_2.0.21.orig.tar.gz': sum('c') });
const wheels = fromDebian('pool/main/w/wheel', {
  'python3-wheel_0.38.4-2_all.deb': sum('d'),
  'python3-wheel-whl_0.38.4-2_all.deb': sum('e'),
});
const yarn = { npm: 'yarn', version: '1.22.19', sha256: sum('f') };

function runtimes(): readonly Runtime[] {
  const { app, chart, distro } = house();
  const from = { kind: 'source', recipe: ARCHIVE, source, packages: [wheels, yarn] } as const;
  new Runtime(chart, 'snake', { version: '3.11.2', builtOn: distro, from });
  for (const id of ['server', 'client'])
    new Runtime(chart, id, { version: '2.0.21', builtOn: distro, from: { kind: 'source', recipe: ARCHIVE, source: authors } });
  return Runtime.allOf(app).filter(({ name }) => ['snake', 'server', 'client'].includes(name));
}
const settings = { mirror: { debian: 'http://m', security: 'http://s', npm: 'http://n' } } as Settings;
const nothing = { gone: [], missing: [], isKnown: true, newest: null };

test('a source package is one thing, each package by itself, and what two runtimes are made from stands once', () => {
  expect(sourcesOf(runtimes()).map(({ kind, name, version, runtimes: of }) => [kind, name, version, of.join(', ')])).toEqual([
    ['dsc', 'python3.11', '3.11.2-6+deb12u8', 'snake 3.11.2'],
    ['deb', 'python3-wheel', '0.38.4-2', 'snake 3.11.2'],
    ['deb', 'python3-wheel-whl', '0.38.4-2', 'snake 3.11.2'],
    ['npm', 'yarn', '1.22.19', 'snake 3.11.2'],
    ['orig', 'uwsgi', '2.0.21', 'server 2.0.21, client 2.0.21'],
  ]);
});

test('the script is asked with the addresses of the mirrors of the environment', async () => {
  const [snake] = sourcesOf(runtimes());
  jest.mocked(inToolbox).mockResolvedValue(JSON.stringify([nothing]));
  expect(await newestOf(settings, snake ? [snake] : [])).toEqual([nothing]);
  const { asks, variables } = jest.mocked(inToolbox).mock.calls.at(-1)?.[1] ?? {};
  expect(asks).toBe('mirror');
  expect(variables).toMatchObject({ SUITE: 'bookworm', MIRROR: 'http://m', SECURITY_MIRROR: 'http://s', NPM: 'http://n' });
  expect(JSON.parse(variables?.['WANTED'] ?? '')).toEqual([
    {
      ...{ kind: 'dsc', name: 'python3.11', version: '3.11.2-6+deb12u8' },
      files: Object.entries(source.files).map(([name, sha256]) => ({ url: `http://m/pool/main/p/python3.11/${name}`, sha256 })),
    },
  ]);
});

test('what several releases share is looked up in each, and the newest one that has something says it', async () => {
  const [shared] = sourcesOf(runtimes()).slice(-1);
  const newest = { version: '2.0.22', origin: ['bookworm'], files: [] };
  jest
    .mocked(inToolbox)
    .mockImplementation((_, { variables }) =>
      Promise.resolve(JSON.stringify([{ ...nothing, isKnown: false, ...(variables['SUITE'] === 'bookworm' && { newest }) }])),
    );
  const found = await newestOf(settings, shared ? [{ ...shared, suites: ['bullseye', 'bookworm'] }] : []);
  expect(found.map((each) => each.newest)).toEqual([newest]);
  expect(
    jest
      .mocked(inToolbox)
      .mock.calls.slice(-2)
      .map(([, { name }]) => name),
  ).toEqual(['newest-bookworm', 'newest-bullseye']);
});

test.each(['', '[]', '[{"gone": []}]'])('an answer that was cut off proposes nothing: %s', (text) => {
  expect(() => parseNewest(text, 1)).toThrow('the toolbox did not say to the end what runtimes could be made from');
});
