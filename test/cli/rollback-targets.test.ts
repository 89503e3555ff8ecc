import { join } from 'node:path';
import { chosenImages } from '../../cli/chosen-images';
import type { Move, Promotions } from '../../cli/promotions';
import { rollbackTargets } from '../../cli/rollback-targets';
import { readSettings } from '../../lib/settings/settings';

const settings = readSettings(join(__dirname, '../..'), 'local');
const digest = (of: string) => `sha256:${of.repeat(64)}` as const;
const image = (layers: number, runImage: number): string => `c-${'0'.repeat(15)}${layers}-r${'0'.repeat(15)}${runImage}`;
const history = (...moves: readonly (readonly [string, string])[]): Promotions => ({
  tag: 'latest',
  now: digest(moves.at(-1)?.[0] ?? ''),
  moves: moves.map(([to, by]): Move => ({ at: '2026-11-27T10:00:00Z', tag: 'latest', digest: digest(to), image: by })),
});
const updated = history(['a', image(1, 1)], ['b', image(1, 2)]);
const pushed = history(['a', image(1, 1)], ['b', image(1, 2)], ['c', image(2, 2)]);
const OWN = 'tool-demo-one/hello';
const platform = ['python311-sssd-web', 'python311-sssd-base'];

function back(
  what: string,
  own: Promotions,
  { pins = {}, to }: { pins?: Parameters<typeof rollbackTargets>[2]; to?: string } = {},
) {
  const promotions = new Map([[OWN, own], ...platform.map((name) => [name, updated] as const)]);
  const found = rollbackTargets(chosenImages('local', settings, what), promotions, pins, { what, to });
  return { ...found, targets: found.targets.map((each) => [each.image.name, each.digest, each.now]) };
}

test("with their stack, tools' own images go back to the run image that they had", () => {
  const [a, b] = [digest('a'), digest('b')];
  expect(back('bookworm-python311', updated)).toEqual({ targets: [...platform, OWN].map((name) => [name, a, b]), left: [] });
});

test('what was pushed since is left, and named', () => {
  const { targets, left } = back('bookworm-python311', pushed);
  expect([targets.map(([name]) => name), left]).toEqual([platform, [OWN]]);
});

test('one that is named goes back to what it was, whoever made that', () => {
  expect(back(OWN, pushed)).toEqual({ targets: [[OWN, digest('b'), digest('c')]], left: [] });
  expect(back(OWN, pushed, { to: 'aaaaaa' }).targets).toEqual([[OWN, digest('a'), digest('c')]]);
  expect(back(OWN, pushed, { to: digest('d') }).targets).toEqual([[OWN, digest('d'), digest('c')]]);
  expect(() => back(OWN, history(['a', image(1, 1)]))).toThrow(
    'nothing was changed:\n  - tool-demo-one/hello: of latest, no earlier digest is on record (there are: aaaaaaaaaaaa (now))',
  );
});

test('a platform image that is pinned stays at its pin, unless another digest is said', () => {
  const pins = { 'python311-sssd-web': { digest: digest('f'), reason: 'x', since: '2026-11-27' } };
  expect(back('python311-sssd-web', updated, { pins }).targets[0]?.[1]).toBe(digest('f'));
  expect(back('python311-sssd-web', updated, { pins, to: 'aaaaaa' }).targets[0]?.[1]).toBe(digest('a'));
});

test('a digest is one of an image', () => {
  expect(() => back('bookworm-python311', updated, { to: 'aaaaaa' })).toThrow(
    '--to is a digest of one image; this means python311-sssd-web, python311-sssd-base, tool-demo-one/hello',
  );
});
