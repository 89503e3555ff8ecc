/** Which change tries which images again. The files are those of the checkout, with one of them changed. */
import type * as fs from 'node:fs';
import { CONTRACTS } from '../../languages/contracts';
import type * as contracts from '../../languages/contracts';
import type * as contract from '../../lib/toolforge/contract/contract';
import { contractOf, contractVersion } from '../../lib/toolforge/contract/contract';
import type { ImageKind } from '../../lib/toolforge/contract/item';
import type { Contracts } from '../../lib/toolforge/contract/language-contract';
import { servedLua } from '../toolforge/lua/contract';

const FAMILIES = {
  base: { kind: 'base' },
  web: { kind: 'web' },
  'base with Python': { kind: 'base', language: { python: '3.11' } },
  'web with Python': { kind: 'web', language: { python: '3.11' } },
} as const satisfies Record<string, ImageKind>;
const all = Object.keys(FAMILIES);
const PYTHON = ['base with Python', 'web with Python'];
const WEB = ['web', 'web with Python'];

const versionsOf = (version: typeof contractVersion, of: Contracts): Record<string, string> =>
  Object.fromEntries(Object.entries(FAMILIES).map(([name, family]) => [name, version(family, of)]));

/** The versions for all families when files whose names end so have a line more. */
function versionsWith(changed?: string): Record<string, string> {
  let versions: Record<string, string> = {};
  jest.isolateModules(() => {
    jest.doMock('node:fs', () => {
      const real = jest.requireActual<typeof fs>('node:fs');
      const read = (file: string, encoding: BufferEncoding): string =>
        `${real.readFileSync(file, encoding)}${changed !== undefined && file.endsWith(changed) ? '# more\n' : ''}`;
      return { ...real, readFileSync: read };
    });
    const library = jest.requireActual<typeof contract>('../../lib/toolforge/contract/contract');
    const languages = jest.requireActual<typeof contracts>('../../languages/contracts');
    versions = versionsOf(library.contractVersion, languages.CONTRACTS);
  });
  jest.dontMock('node:fs');
  return versions;
}

const before = versionsWith();
const triedAgain = (changed: string): string[] =>
  Object.entries(versionsWith(changed)).flatMap(([name, version]) => (version === before[name] ? [] : [name]));

test('each family has its own, and every minor version of a language the same', () => {
  expect(new Set(Object.values(before)).size).toBe(all.length);
  expect(contractVersion({ kind: 'web', language: { python: '3.13' } }, CONTRACTS)).toBe(before['web with Python']);
});

test.each([
  ['a check of every image', 'checks/locale.sh', all],
  ['a check of servers, of an item of every image', 'checks/stops.sh', WEB],
  ['a check of Python', 'checks/python-compiling.sh', PYTHON],
  ['a check of Python that only web images have', 'checks/python-bootstrap.sh', ['web with Python']],
  ["a check of uWSGI's log, of an item of every image", 'uwsgi/contract/checks/server-log.sh', ['web with Python']],
  ['the application that uWSGI serves', 'contract/app.py', ['web with Python']],
  ['the one that the generic runner starts', 'contract/server.pl', ['web']],
  ['the driver', 'driver/pod.jq', all],
  ['a step', 'contract/steps/pods.sh', all],
])('%s: who is tried again', (_, changed, families) => {
  expect(triedAgain(changed)).toEqual(families);
});

test('a language more, with a server, an item and checks, is nothing to any other family: neither its version nor its files', () => {
  const more = { ...CONTRACTS, languages: [servedLua, ...CONTRACTS.languages] };
  expect(versionsOf(contractVersion, more)).toEqual(before);
  for (const family of Object.values(FAMILIES)) expect(contractOf(family, more)).toEqual(contractOf(family, CONTRACTS));
});
