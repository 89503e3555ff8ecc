/** The sizes in the committed locks. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockedSizes } from '../../stacks/locks/locked-sizes';
import { readLock, readLockFile } from '../../stacks/locks/read-lock';

const folder = join(__dirname, '../../stacks/locks');
const names = readdirSync(folder).flatMap((file) => /^([^.]+)\.json$/.exec(file)?.[1] ?? []);
const packagesOf = ({ base = {}, run, build }: ReturnType<typeof readLockFile>) => [base, run, build].flatMap(Object.entries);

test('are there of each package', () => {
  const without = names.flatMap((name) => packagesOf(readLockFile(name)).filter(([, { size }]) => size === undefined));
  expect([names.length > 20, without]).toEqual([true, []]);
});

test('are nothing that a declaration gets: addresses and arguments of runs are without them', () => {
  expect(JSON.stringify(names.map(readLock))).not.toContain('"size"');
});

test('are known by release and name', () => {
  const sizeOf = lockedSizes();
  const { base = {} } = readLockFile('bookworm');
  expect(sizeOf('bookworm', 'libc6')).toBe((base['libc6']?.size ?? 0) * 1.5);
  expect(sizeOf('bookworm', 'libc6')).not.toBe(sizeOf('trixie', 'libc6'));
  expect([sizeOf('bookworm', 'no-such'), sizeOf('buster', 'libc6')]).toEqual([undefined, undefined]);
});
