import { join } from 'node:path';
import { chosenImages } from '../../cli/chosen-images';
import { earlier, type Move, onEarlierRunImage, parsePromotions, type Promotions, renderPromotions } from '../../cli/promotions';
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
    '--to aaa is not one of the digests of latest on record; expected a whole digest, or 6 and more characters of one of: cccccccccccc (now), bbbbbbbbbbbb, aaaaaaaaaaaa',
  );
  expect(() => earlier(promotions(moves), 'ffffffff')).toThrow('is not one of the digests');
});

test('without an earlier one on record, it is to be named', () => {
  expect(() => earlier(promotions([]))).toThrow(
    'of latest, no earlier digest is on record (there are: none); name one with --to',
  );
  expect(() => earlier(promotions(moved('25T08:00', 'a')))).toThrow('(there are: aaaaaaaaaaaa (now))');
  // The first noted move tells what was before it.
  expect(earlier(promotions(moved('25T08:00', 'b', 'a')))).toBe(digest('a'));
});

describe('what an image was on an earlier run image', () => {
  const tag = (layers: number, runImage: number): string => `c-${'0'.repeat(15)}${layers}-r${'0'.repeat(15)}${runImage}`;
  const at = '2026-11-27T10:00:00Z';
  const move = (to: string, image: string): Move => ({ at, tag: 'latest', digest: digest(to), image });
  const updated = [move('a', tag(1, 1)), move('b', tag(1, 2))];

  test('is the one with the same layers, whatever was pushed before', () => {
    expect(onEarlierRunImage(promotions(updated))).toBe(digest('a'));
    expect(onEarlierRunImage(promotions([...updated, move('c', tag(1, 3))]))).toBe(digest('b'));
    expect(onEarlierRunImage(promotions([move('a', tag(1, 1)), move('c', tag(2, 1)), move('b', tag(1, 2))]))).toBe(digest('a'));
  });
  test('is none for what was pushed since, and for what was on one run image alone', () => {
    expect(onEarlierRunImage(promotions([...updated, move('c', tag(2, 2))]))).toBeUndefined();
    expect(onEarlierRunImage(promotions([move('a', tag(1, 1)), move('c', tag(2, 1))]))).toBeUndefined();
    expect(onEarlierRunImage(promotions([]))).toBeUndefined();
  });
  test('is none when it is that already: who repeats a rollback moves nothing forward', () => {
    const back = move('a', `was-latest-${'a'.repeat(12)}`);
    expect(onEarlierRunImage(promotions([...updated, back]))).toBeUndefined();
    // Nor what has been moved to a digest of which no run says what it is.
    expect(onEarlierRunImage(promotions(updated, digest('f')))).toBeUndefined();
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
