import { join } from 'node:path';
import { chosenImages } from '../../cli/chosen-images';
import type { Move, Promotions } from '../../cli/promotions';
import { rollbackTargets } from '../../cli/rollback-targets';
import { readSettings } from '../../lib/settings/settings';

const settings = readSettings(join(__dirname, '../..'), 'local');
const digest = (of: string) => `sha256:${of.repeat(64)}` as const;
const OWN = 'tool-demo-one/hello';
const stack = chosenImages('local', settings, OWN)[0]?.stack;
/** The run image that the stack has here is 2. */
const runImages = ['0', '1', undefined, '3'].map((each) => each?.repeat(16) ?? stack?.runImage.address ?? '');
const image = (layers: number, runImage: number): string => `c-${'0'.repeat(15)}${layers}-r${runImages[runImage] ?? ''}`;
const history = (...moves: readonly (readonly [string, string])[]): Promotions => ({
  tag: 'latest',
  now: digest(moves.at(-1)?.[0] ?? ''),
  moves: moves.map(([to, by]): Move => ({ at: '2026-11-27T10:00:00Z', tag: 'latest', digest: digest(to), image: by })),
});
const updated = history(['a', image(1, 1)], ['b', image(1, 2)]);
const pushed = history(['a', image(1, 1)], ['b', image(1, 2)], ['c', image(2, 2)]);
const platform = ['python311-sssd-web', 'python311-sssd-base'];

function back(
  what: string,
  own: Promotions,
  { pins = {}, to }: { pins?: Parameters<typeof rollbackTargets>[2]; to?: string } = {},
) {
  const promotions = new Map([[OWN, own], ...platform.map((name) => [name, updated] as const)]);
  const found = rollbackTargets(chosenImages('local', settings, what), promotions, pins, { what, to });
  return { ...found, targets: found.targets.map((each) => [each.image.name, each.digest, ...('now' in each ? [each.now] : [])]) };
}

test("with their stack, tools' own images go back to the run image that they had", () => {
  const [a, b] = [digest('a'), digest('b')];
  expect(back('bookworm-python311', updated)).toEqual({
    targets: [...platform.map((name) => [name, a]), [OWN, a, b]],
    left: [],
  });
});

describe("as its stack is rolled back, a tool's own image", () => {
  const [a, b] = [
    ['a', image(1, 1)],
    ['b', image(1, 2)],
  ] as const;
  const own = (...moves: readonly (readonly [string, string])[]) => {
    const { targets, left } = back('bookworm-python311', history(...moves));
    return targets.find(([name]) => name === OWN)?.[1] ?? left[0];
  };
  test('that is back already stays, however often that is repeated', () => {
    expect(own(['f', image(1, 0)], a, b, ['a', 'was-latest-aaaaaaaaaaaa'])).toBe(OWN);
  });
  test('goes to what an earlier rollback had put there, not to what that has taken back', () => {
    expect(own(a, ['c', image(1, 3)], ['a', 'was-latest-aaaaaaaaaaaa'], b)).toBe(digest('a'));
  });
  test('that has not come to its run image stays', () => {
    expect(own(['f', image(1, 0)], a)).toBe(OWN);
  });
});

test('what was pushed since is left, and named', () => {
  const { targets, left } = back('bookworm-python311', pushed);
  expect([targets.map(([name]) => name), left]).toEqual([platform, [OWN]]);
});

test('one that is named goes back to what it was, whoever made that', () => {
  expect(back(OWN, pushed)).toEqual({ targets: [[OWN, digest('b'), digest('c')]], left: [] });
  expect(back(OWN, pushed, { to: 'aaaaaa' }).targets).toEqual([[OWN, digest('a'), digest('c')]]);
  expect(() => back(OWN, history(['a', image(1, 1)]))).toThrow(
    'nothing was changed:\n  - tool-demo-one/hello: of latest, no earlier digest is on record (there are: aaaaaaaaaaaa (now))',
  );
});

test('a platform image that is pinned stays at its pin, unless another digest is said', () => {
  const pins = { 'python311-sssd-web': { digest: digest('f'), reason: 'x', since: '2026-11-27' } };
  expect(back('python311-sssd-web', updated, { pins }).targets[0]?.[1]).toBe(digest('f'));
  expect(back('python311-sssd-web', updated, { pins, to: 'aaaaaa' }).targets[0]?.[1]).toBe(digest('a'));
});

test("a tool's own image goes to what its history has, and to nothing else", () => {
  const known =
    'is not one of the digests of latest on record; expected are 6 and more characters of one of: bbbbbbbbbbbb (now), aaaaaaaaaaaa';
  expect(() => back(OWN, updated, { to: digest('d') })).toThrow(`--to ${digest('d')} ${known}`);
  expect(() => back(OWN, updated, { to: digest('d') })).not.toThrow('whole digest');
  expect(() => back(OWN, updated, { to: 'bbbbbb' })).toThrow(`latest is ${digest('b')} already`);
  // It is there, but the history lacks that.
  expect(back(OWN, { ...updated, now: digest('a') }, { to: digest('a') }).targets).toEqual([[OWN, digest('a'), digest('a')]]);
});

test('a platform image takes any whole digest', () => {
  expect(back('python311-sssd-web', updated, { to: digest('d') }).targets).toEqual([['python311-sssd-web', digest('d')]]);
  expect(() => back('python311-sssd-web', updated, { to: 'dddddd' })).toThrow('--to takes any whole digest: the registry');
});

test('a digest is said of the one image of a stack as well', () => {
  const asked = { what: 'bookworm-python311', to: 'cccccc' };
  const { targets } = rollbackTargets(
    chosenImages('local', settings, OWN),
    new Map([[OWN, { ...pushed, now: digest('b') }]]),
    {},
    asked,
  );
  expect(targets.map(({ digest: to }) => to)).toEqual([digest('c')]);
});

test('a digest is one of an image', () => {
  expect(() => back('bookworm-python311', updated, { to: 'aaaaaa' })).toThrow(
    '--to is a digest of one image; this means python311-sssd-web, python311-sssd-base, tool-demo-one/hello',
  );
});
