/** Which change tries which images again. The files are those of the checkout, with one of them changed. */
import type * as fs from 'node:fs';
import { contractVersion, type Tried } from '../../lib/toolforge/contract/contract';

const FAMILIES = {
  base: { kind: 'base' },
  'base with Python': { kind: 'base', language: { python: '3.11' } },
  'web with Python': { kind: 'web', language: { python: '3.11' } },
} as const satisfies Record<string, Tried>;

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
    const changedContract = jest.requireActual<{ readonly contractVersion: typeof contractVersion }>(
      '../../lib/toolforge/contract/contract',
    );
    versions = Object.fromEntries(
      Object.entries(FAMILIES).map(([name, family]) => [name, changedContract.contractVersion(family)]),
    );
  });
  jest.dontMock('node:fs');
  return versions;
}

const before = versionsWith();
const triedAgain = (changed: string): string[] =>
  Object.entries(versionsWith(changed)).flatMap(([name, version]) => (version === before[name] ? [] : [name]));
const all = Object.keys(FAMILIES);

test('each family has its own, and every minor version of a language the same', () => {
  expect(new Set(Object.values(before)).size).toBe(3);
  expect(contractVersion({ kind: 'web', language: { python: '3.13' } })).toBe(before['web with Python']);
});

test.each([
  ['a check of every image', 'checks/locale.sh', all],
  ['a check of Python', 'checks/python-compiling.sh', ['base with Python', 'web with Python']],
  ['a check of Python that only web images have', 'checks/python-bootstrap.sh', ['web with Python']],
  ['a check of servers, of an item of every image', 'checks/stops.sh', ['web with Python']],
  ['the application that servers serve', 'driver/app.py', ['web with Python']],
  ['the driver', 'driver/pod.jq', all],
  ['a step', 'contract/steps/pods.sh', all],
])('%s: who is tried again', (_, changed, families) => {
  expect(triedAgain(changed)).toEqual(families);
});
