import { packageMoves, type Relocked, renderRelocked } from '../../cli/lock-changes';
import { emptyLock, type StackLock } from '../../lib/buildpacks/stack/lock-file';

const packages = (versions: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, { version, sha256: 'a'.repeat(64) }]));
const lockOf = (
  run: Readonly<Record<string, string>>,
  { sonames = ['libssl 3'], environment = {}, distro = 'debian 12' } = {},
): StackLock => ({
  ...{ stack: 'x', abi: { distro, environment, sonames } },
  ...{ run: packages(run), build: {} },
});
const old = { libssl3: '3.0.17', zip: '3.0' };
const relocked = (name: string, before: StackLock, after: StackLock, origins: Relocked['origins'] = {}): Relocked => ({
  name,
  before,
  after: { ...after, base: undefined },
  origins,
});

test('a change that several stacks have stands once, with all of them', () => {
  const now = lockOf({ libssl3: '3.0.18', unzip: '6.0' });
  const origins = { libssl3: ['bookworm', 'bookworm-security'], unzip: ['bookworm'] };
  const stacks = ['distro', 'language'].map((name) => relocked(name, lockOf(old), now, origins));
  expect(packageMoves(stacks)).toEqual([
    {
      package: 'libssl3',
      from: '3.0.17',
      to: '3.0.18',
      origin: ['bookworm', 'bookworm-security'],
      stacks: ['distro', 'language'],
    },
    { package: 'unzip', to: '6.0', origin: ['bookworm'], stacks: ['distro', 'language'] },
    { package: 'zip', from: '3.0', origin: [], stacks: ['distro', 'language'] },
  ]);
  expect(renderRelocked(stacks)).toEqual([
    `package  from    to      origin                       in
libssl3  3.0.17  3.0.18  bookworm, bookworm-security  distro, language
unzip    new     6.0     bookworm                     distro, language
zip      3.0     gone                                 distro, language`,
    'distro: 3 packages changed; images will be rebased',
    'language: 3 packages changed; images will be rebased',
  ]);
});

test('the same version from two releases is two changes', () => {
  const now = lockOf({ ...old, zip: '3.1' });
  const stacks = ['bookworm', 'trixie'].map((name) => relocked(name, lockOf(old), now, { zip: [name] }));
  expect(packageMoves(stacks).map(({ origin, stacks: of }) => [origin, of])).toEqual([
    [['bookworm'], ['bookworm']],
    [['trixie'], ['trixie']],
  ]);
});

test.each([
  [lockOf(old), 'distro: nothing changed'],
  [
    lockOf(old, { sonames: ['libssl 4'] }),
    'distro: nothing changed; images will be rebuilt, as it has no more libssl 3; it has libssl 4 now',
  ],
  [lockOf(old, { environment: { A: 'b' } }), 'distro: nothing changed; images will be rebuilt, as it has other variables'],
  [
    lockOf({ ...old, zip: '3.1' }, { distro: 'debian 13' }),
    'distro: 1 package changed; images will be rebuilt, as it is of debian 13, and was of debian 12',
  ],
  [{ ...lockOf(old), build: packages({ gcc: '12' }) }, 'distro: 1 package changed; only what builds images is made anew'],
])('what becomes of images, and why', (after, line) => {
  expect(renderRelocked([relocked('distro', lockOf(old), after)]).at(-1)).toBe(line);
});

test('a stack that had no lock is named so', () => {
  expect(renderRelocked([relocked('distro', emptyLock('distro'), lockOf(old))]).at(-1)).toBe('distro: locked for the first time');
});
