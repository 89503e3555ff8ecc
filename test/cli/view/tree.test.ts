import { stripVTControlCharacters } from 'node:util';
import { renderTree, type Situation } from '../../../cli/view/tree';
import { ExpectedTimes } from '../../../lib/deploy/expected-times';
import type { RunProgress } from '../../../lib/deploy/run-progress';
import { at, run, T, task } from './runs';

const room = { columns: 80, rows: 24 };
const situation = (runs: readonly RunProgress[], given: Partial<Situation> = {}): Situation => ({
  title: "up of 'local'",
  began: T,
  objects: 0,
  declared: runs.length,
  unchanged: 0,
  runs,
  expected: new ExpectedTimes([]),
  ...given,
});
const plain = (lines: readonly string[]): string[] => lines.map(stripVTControlCharacters);

test('a run is shown with the tasks under way, their steps, and the times that they took when they went well last', () => {
  const building = run('bookworm-base-0123456789-2', {
    tasks: [
      task('look-up', { state: 'succeeded', ended: at(5) }),
      task('base', {
        started: at(6),
        steps: [
          { name: 'packages', state: 'succeeded' },
          { name: 'root-filesystem', state: 'running' },
        ],
      }),
    ],
  });
  const earlier = run('bookworm-base-fedcba9876-1', {
    state: 'succeeded',
    ended: at(100),
    tasks: [task('look-up', { state: 'succeeded', ended: at(4) }), task('base', { state: 'succeeded', ended: at(90) })],
  });
  const expected = new ExpectedTimes([earlier]);
  expect(plain(renderTree(situation([building], { expected, declared: 10, unchanged: 2, objects: 51 }), at(66), room))).toEqual([
    "up of 'local': 1 min 6 s",
    '  ● bookworm-base (attempt 2)          1 min 6 s of about 1 min 40 s',
    '      base: root-filesystem (2 of 2)   1 min 0 s of about 1 min 30 s',
    '  Runs: 1 running, 7 waiting, 2 as before. Objects: 51 changed.',
  ]);
});

test('a task whose pod has not started says so, and what has ended is a number', () => {
  const runs = [
    run('a', { tasks: [task('look-up', { steps: [{ name: 'ask', state: 'waiting' }] })] }),
    run('b', { state: 'succeeded', ended: at(5) }),
    run('c', { state: 'failed', ended: at(5) }),
  ];
  expect(plain(renderTree(situation(runs), at(10), room)).slice(1)).toEqual([
    expect.stringMatching(/^ {2}● a +10 s$/),
    expect.stringMatching(/^ {6}look-up: waits for its pod +10 s$/),
    '  Runs: 1 running, 1 done, 1 failed.',
  ]);
});

describe('it stays in its room', () => {
  const many = Array.from({ length: 50 }, (_, i) =>
    run(`a-rather-long-name-of-a-run-number-${i}-0123456789-1`, { tasks: [task('build', { steps: [] })] }),
  );
  test.each([
    [80, 24],
    [40, 10],
    [20, 4],
    [200, 200],
  ])('%i columns, %i rows', (columns, rows) => {
    const lines = plain(renderTree(situation(many), at(10), { columns, rows }));
    expect(lines.length).toBeLessThan(rows);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(columns);
    expect(lines.at(-1)).toContain('50 running'.slice(0, columns - 10));
  });

  test('where tasks have no room the runs have, and where these have none their number is said', () => {
    expect(plain(renderTree(situation(many.slice(0, 15)), at(10), room)).join('\n')).not.toContain('build');
    expect(plain(renderTree(situation(many), at(10), room)).at(-2)).toBe('  and 30 more');
  });
});
