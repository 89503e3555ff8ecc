import { join } from 'node:path';
import { chosenImages } from '../../cli/chosen-images';
import { earlier, type Move, parseMoves, renderMoves } from '../../cli/promotions';
import { readSettings } from '../../lib/settings/settings';

const digest = (of: string): string => `sha256:${of.repeat(64)}`;
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

test('what is public again is what was so last', () => {
  expect(earlier(moves, 'latest')).toBe(digest('b'));
  // After a rollback, another one goes back to what was replaced: that is what was public last.
  expect(earlier([...moves, ...moved('27T11:00', 'b', 'c')], 'latest')).toBe(digest('c'));
});

test('a digest is named whole, or by a beginning that the history has once', () => {
  expect(earlier(moves, 'latest', digest('f'))).toBe(digest('f'));
  expect(earlier(moves, 'latest', 'f'.repeat(64))).toBe(digest('f'));
  expect(earlier(moves, 'latest', 'sha256:aaaaaaaa')).toBe(digest('a'));
  expect(() => earlier(moves, 'latest', 'aaa')).toThrow(
    '--to aaa means 1 of the digests of latest on record; expected a whole digest, or 6 and more characters of one of: cccccccccccc (now), bbbbbbbbbbbb, aaaaaaaaaaaa',
  );
  expect(() => earlier(moves, 'latest', 'ffffffff')).toThrow('means 0 of the digests');
});

test('without an earlier one on record, it is to be named', () => {
  expect(() => earlier([], 'latest')).toThrow('of latest, no earlier digest is on record (there are: none); name one with --to');
  expect(() => earlier(moved('25T08:00', 'a'), 'latest')).toThrow('(there are: aaaaaaaaaaaa (now))');
  // The first noted move tells what was before it.
  expect(earlier(moved('25T08:00', 'b', 'a'), 'latest')).toBe(digest('a'));
});

test('the history is a row for what moved together, the latest last, over all images', () => {
  const all = new Map([
    ['web', moves.slice(0, 4)],
    ['base', [...moved('25T12:00', 'd', 'e')]],
  ]);
  expect(renderMoves(all).split('\n')).toEqual([
    'when (UTC)        image  tags            now           before        by',
    '2026-11-25 08:00  web    testing latest  aaaaaaaaaaaa  -             c-1-r1',
    '2026-11-25 12:00  base   testing latest  dddddddddddd  eeeeeeeeeeee  a pin',
    '2026-11-26 09:30  web    testing latest  bbbbbbbbbbbb  aaaaaaaaaaaa  c-1-r2',
  ]);
  expect(renderMoves(new Map([['web', []]]))).toBe('No move of a public tag is on record.');
});

test('what the registry says is read strictly', () => {
  expect(parseMoves(`{"name":"web","moves":${JSON.stringify(moves)}}\n{"name":"base","moves":[]}\n`)).toEqual(
    new Map([
      ['web', moves],
      ['base', []],
    ]),
  );
  expect(() => parseMoves('{"name":"web"}')).toThrow();
});

describe('which images a word means', () => {
  const settings = readSettings(join(__dirname, '../..'), 'local');
  const names = (what?: string): readonly string[] => chosenImages('local', settings, what).map(({ name }) => name);

  test('one by its name, those on a stack, or all', () => {
    expect(names('toolforge-python311-sssd-web')).toEqual(['python311-sssd-web']);
    expect(names('bookworm-python311')).toEqual(['python311-sssd-base', 'python311-sssd-web']);
    expect(names()).toEqual(expect.arrayContaining(['bookworm-sssd', 'python311-sssd-web']));
  });

  test('another one is answered with what was probably meant', () => {
    expect(() => names('python311-sssd-wbe')).toThrow(
      "'local' declares no image and no stack 'python311-sssd-wbe'; did you mean 'python311-sssd-web'?",
    );
  });
});
