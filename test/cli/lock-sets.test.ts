import { Construct } from 'constructs';
import { lockFailure, parseResolved, setsOf } from '../../cli/lock-sets';
import { emptyLock } from '../../lib/buildpacks/stack/lock-file';
import { Stack } from '../../lib/buildpacks/stack/stack';
import { type Changes, house } from '../buildpacks/house';

const stacks = (changes: Changes = {}, ...names: readonly string[]): readonly Stack[] =>
  Stack.allOf(house(changes).app).filter(({ name }) => names.length === 0 || names.includes(name));

test('the sets of all stacks: each after what it stands on, none as it is', () => {
  const sets = setsOf(stacks());
  expect(Object.keys(sets)).toEqual(['distro/base', 'distro/run', 'distro/build', 'language/run', 'language/build']);
  expect(Object.values(sets).filter(({ locked }) => locked !== undefined)).toEqual([]);
});

test('a stack that stands in the tree before what it extends is locked after it all the same', () => {
  const { app, chart, distro } = house();
  const earlier = new Construct(chart, 'earlier');
  const lower = new Stack(chart, 'lower', { extends: distro, packages: { run: [] }, lock: emptyLock('lower') });
  new Stack(earlier, 'upper', { extends: lower, packages: { run: [] }, lock: emptyLock('upper') });
  const names = Stack.allOf(app).map(({ name }) => name);
  expect(names.indexOf('upper')).toBeGreaterThan(names.indexOf('lower'));
  const sets = Object.keys(setsOf(Stack.allOf(app)));
  expect(sets.indexOf('upper/run')).toBeGreaterThan(sets.indexOf('lower/run'));
});

test('what a single stack stands on stays as its lock has it', () => {
  expect(setsOf(stacks({}, 'language'))).toEqual({
    'distro/base': { parent: null, packages: ['ca-certificates'], sonames: [], locked: { 'ca-certificates': '1.0-1' } },
    'distro/run': {
      parent: 'distro/base',
      packages: ['curl', 'less'],
      sonames: ['libssl 3'],
      locked: { curl: '1.0-1', less: '1.0-1', tzdata: '1.0-1' },
    },
    'language/run': { parent: 'distro/run', packages: ['make', 'curl'], sonames: true },
    'language/build': { parent: 'language/run', packages: [], sonames: false },
  });
});

test('what was never locked cannot stay as it is', () => {
  expect(() => setsOf(stacks({ distro: { lock: emptyLock('distro') } }, 'language'))).toThrow(
    'language stands on distro, which has no lock yet; lock both: npm run csb -- lock distro language',
  );
});

test('what apt or the mirror refuses is a line each', () => {
  const problems = [
    { set: 'distro/run', said: ['E: Unable to locate package no-such', "E: Package 'gone' has no installation candidate"] },
    {
      set: 'language/run',
      said: [' broken : Depends: libssl3 (>= 4) but it is not installable', 'python needs x (= 2), locked is 1'],
    },
    { set: '', said: ["E: The repository 'http://m bookworm Release' does not have a Release file."] },
  ];
  expect(lockFailure(problems, 'bookworm', ['http://m', 'http://s'])).toBe(
    [
      'no lock was written, for bookworm as http://m and http://s have it:',
      "  - distro/run: the mirror has no package 'no-such'; correct its name where distro is declared",
      "  - distro/run: the mirror has no package 'gone'; correct its name where distro is declared",
      '  - language/run: apt says: broken : Depends: libssl3 (>= 4) but it is not installable',
      '  - language/run: python needs x (= 2), locked is 1; lock what language stands on as well: npm run csb -- lock',
      "  - E: The repository 'http://m bookworm Release' does not have a Release file.; is the mirror in the settings right, and can the cluster reach it?",
    ].join('\n'),
  );
});

test.each(['', '{"sets": {', '{"sets": {}}', '[]'])('an answer that was cut off is no lock: %s', (text) => {
  expect(() => parseResolved(text)).toThrow('the toolbox did not say to the end what apt would install');
});
