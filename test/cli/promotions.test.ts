import { join } from 'node:path';
import { chosenImages } from '../../cli/chosen-images';
import { earlier, type Move, onEarlierRunImage, parsePromotions, type Promotions, renderPromotions } from '../../cli/promotions';
import type { Address } from '../../lib/registry/address';
import { readSettings } from '../../lib/settings/settings';

const digest = (of: string) => `sha256:${of.repeat(64)}` as const;
const moved = (at: string, to: string, was?: string, image?: string): Move[] =>
  ['testing', 'latest'].map((tag) => ({
    at: `2026-11-${at}:07Z`,
    tag,
    digest: digest(to),
    ...(was !== undefined && { was: digest(was) }),
    ...(image !== undefined && { image }),
  }));
const moves = [
  ...moved('25T08:00', 'a', undefined, 'c-1-r1'),
  ...moved('26T09:30', 'b', 'a', 'c-1-r2'),
  ...moved('27T10:00', 'c', 'b', 'c-1-r3'),
];

/** Of latest, which names the digest of its last move unless said otherwise. */
const promotions = (all: readonly Move[], now: Promotions['now'] = all.at(-1)?.digest ?? ''): Promotions => ({
  tag: 'latest',
  now,
  moves: all,
});

test('what is public again is what was so last', () => {
  expect(earlier(promotions(moves))).toBe(digest('b'));
  // What the registry has now counts: a move that could not be noted is one.
  expect(earlier(promotions(moves, digest('d')))).toBe(digest('c'));
});

test('a digest is named by a beginning that the history has once', () => {
  expect(earlier(promotions(moves), 'sha256:aaaaaaaa')).toBe(digest('a'));
  expect(earlier(promotions(moves), 'cccccc')).toBe(digest('c'));
  expect(() => earlier(promotions(moves), 'aaa')).toThrow(
    '--to aaa is not one of the digests of latest on record; expected are 6 and more characters of one of: cccccccccccc (now), bbbbbbbbbbbb, aaaaaaaaaaaa',
  );
  expect(() => earlier(promotions(moves), 'ffffffff')).toThrow('is not one of the digests');
});

test('without an earlier one on record, it is to be named', () => {
  expect(() => earlier(promotions([]))).toThrow('of latest, no earlier digest is on record (there are: none)');
  expect(() => earlier(promotions(moved('25T08:00', 'a')))).toThrow('(there are: aaaaaaaaaaaa (now))');
  // The first noted move tells what was before it.
  expect(earlier(promotions(moved('25T08:00', 'b', 'a')))).toBe(digest('a'));
});

describe('what an image was on an earlier run image', () => {
  const address = (of: number): string => `${'0'.repeat(15)}${of}`;
  const at = '2026-11-27T10:00:00Z';
  const move = (to: string, image: string): Move => ({ at, tag: 'latest', digest: digest(to), image });
  /** To layers on a run image. */
  const run = (to: string, layers: number, runImage: number): Move => move(to, `c-${address(layers)}-r${address(runImage)}`);
  /** By a rollback. */
  const back = (to: string): Move => move(to, `was-latest-${to.repeat(12)}`);
  const leave = (runImage: number, moves: readonly Move[], now?: Promotions['now']) =>
    onEarlierRunImage(promotions(moves, now), address(runImage) as Address);
  const [a, b, c] = [run('a', 1, 1), run('b', 1, 2), run('c', 1, 3)];

  test('is the one with the same layers, whatever was pushed before', () => {
    expect(leave(2, [a, b])).toBe(digest('a'));
    expect(leave(3, [a, b, c])).toBe(digest('b'));
    expect(leave(2, [a, run('c', 2, 1), b])).toBe(digest('a'));
    // Of another tag that is nothing.
    expect(leave(3, [a, { ...b, tag: 'testing' }, c])).toBe(digest('a'));
  });
  test('is none for what was pushed since, and for what was on one run image alone', () => {
    expect(leave(2, [a, b, run('c', 2, 2)])).toBeUndefined();
    expect(leave(1, [a, run('c', 2, 1)])).toBeUndefined();
    expect(leave(1, [])).toBeUndefined();
  });
  test('is none when it is that already: who repeats a rollback moves nothing', () => {
    expect(leave(3, [a, b, c, back('b')])).toBeUndefined();
    expect(leave(2, [a, b, back('a')])).toBeUndefined();
    // Nor for what has been moved to a digest of which no run says what it is.
    expect(leave(2, [a, b], digest('f'))).toBeUndefined();
  });
  test('is none for what has not come to the run image that is left', () => {
    expect(leave(3, [a, b])).toBeUndefined();
  });
  test('is what a rollback had put there, and not the bad one that this has taken back', () => {
    expect(leave(3, [a, b, back('a'), c])).toBe(digest('a'));
  });
  test('is never later than what is left: neither by a second rollback, nor by one after the older lock', () => {
    expect(leave(2, [a, b, c, back('b')])).toBe(digest('a'));
    expect(leave(1, [a, b, a])).toBeUndefined();
  });
});

test('the history is a row for what moved together, the latest last, over all images', () => {
  const all = new Map([
    ['web', promotions(moves.slice(0, 4))],
    ['base', promotions(moved('25T12:00', 'd', 'e'))],
  ]);
  expect(renderPromotions(all).split('\n')).toEqual([
    'when (UTC)        image  tags            now           before        by',
    '2026-11-25 08:00  web    testing latest  aaaaaaaaaaaa  -             c-1-r1',
    '2026-11-25 12:00  base   testing latest  dddddddddddd  eeeeeeeeeeee  a pin',
    '2026-11-26 09:30  web    testing latest  bbbbbbbbbbbb  aaaaaaaaaaaa  c-1-r2',
  ]);
  expect(renderPromotions(new Map([['web', promotions([])]]))).toBe('No move of a public tag is on record.');
});

test('what the registry says is read strictly: who may push may write it', () => {
  const line = (change: object): string => JSON.stringify({ name: 'web', ...promotions(moves), ...change });
  expect(parsePromotions(`${line({})}\n${line({ name: 'base', now: '', moves: [] })}\n`)).toEqual(
    new Map([
      ['web', promotions(moves)],
      ['base', promotions([])],
    ]),
  );
  expect(() => parsePromotions('{"name":"web"}')).toThrow();
  expect(() => parsePromotions(line({ moves: [{ ...moves[0], digest: 'latest' }] }))).toThrow();
});

describe('which images a word means', () => {
  const settings = readSettings(join(__dirname, '../..'), 'local');
  const names = (what?: string): readonly string[] => chosenImages('local', settings, what).map(({ name }) => name);

  test('one by its name, those on a stack, or all', () => {
    expect(names('toolforge-python311-sssd-web')).toEqual(['python311-sssd-web']);
    expect(names('bookworm-python311')).toEqual(['python311-sssd-web', 'python311-sssd-base', 'tool-demo-one/hello']);
    expect(names('tool-demo-two/hello')).toEqual(['tool-demo-two/hello']);
    // On a stack is what is on a stack on it.
    expect(names('bookworm')).toEqual(expect.arrayContaining(['bookworm-sssd', 'perl536-sssd-web', 'python311-sssd-web']));
    expect(names()).toEqual(
      expect.arrayContaining(['bookworm-sssd', 'python311-sssd-web', 'tool-demo-one/hello', 'tool-demo-two/hello']),
    );
  });

  test('another one is answered with what was probably meant', () => {
    expect(() => names('python311-sssd-wbe')).toThrow(
      "'local' declares no image and no stack 'python311-sssd-wbe'; did you mean 'python311-sssd-web'?",
    );
  });
});
