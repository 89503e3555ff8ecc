import { PlainLines } from '../../../cli/view/plain';
import { RunReader } from '../../../cli/view/run-reader';
import { ExpectedTimes } from '../../../lib/deploy/expected-times';
import type { RunProgress } from '../../../lib/deploy/run-progress';
import { at, run, task } from './runs';

const name = 'bookworm-base-0123456789-1';
const found = task('look-up', { state: 'succeeded', ended: at(5) });
const building = task('base', { started: at(6), steps: [{ name: 'root-filesystem', state: 'running' }] });
const built = task('base', {
  state: 'succeeded',
  started: at(6),
  ended: at(90),
  steps: [{ name: 'root-filesystem', state: 'succeeded' }],
});
/** What a run is like, one moment after the other. */
const moments: readonly RunProgress[] = [
  run(name, { state: 'waiting' }),
  run(name, { tasks: [task('look-up', { state: 'waiting' })] }),
  run(name, { tasks: [task('look-up')] }),
  run(name, { tasks: [found] }),
  run(name, { tasks: [found, building] }),
  run(name, { tasks: [found, built], state: 'succeeded', ended: at(100), made: 'built', image: 'registry/base@sha256:1' }),
];
const events = (seen: readonly RunProgress[], expected = new ExpectedTimes([])) => {
  const reader = new RunReader(expected);
  return seen.flatMap((each) => reader.read(each));
};

test('each thing is told once, however often a run is seen', () => {
  const twice = moments.flatMap((each) => [each, each]);
  expect(events(twice)).toEqual(events(moments));
  expect(events(moments).map(({ event }) => event)).toEqual([
    'run-started',
    'task-started',
    'task-ended',
    'task-started',
    'step-started',
    'task-ended',
    'run-succeeded',
  ]);
});

test('what was not seen on the way is told when the end is', () => {
  expect(events(moments.slice(-1))).toEqual([
    { event: 'run-started', run: name, image: 'registry/base@sha256:1' },
    { event: 'task-started', run: name, task: 'look-up' },
    { event: 'task-ended', run: name, task: 'look-up', succeeded: true, seconds: 5 },
    { event: 'task-started', run: name, task: 'base' },
    { event: 'step-started', run: name, task: 'base', step: 'root-filesystem' },
    { event: 'task-ended', run: name, task: 'base', succeeded: true, seconds: 84 },
    { event: 'run-succeeded', run: name, image: 'registry/base@sha256:1', made: 'built', seconds: 100 },
  ]);
});

test('in a pipe they are lines that stand for themselves, with the times of the last run of the same name', () => {
  const earlier = run('bookworm-base-fedcba9876-3', { ...moments.at(-1), name: 'bookworm-base-fedcba9876-3' });
  const plain = new PlainLines();
  expect(events(moments, new ExpectedTimes([earlier])).flatMap((event) => plain.of(event))).toEqual([
    `run ${name} has begun (last time 1 min 40 s)`,
    `run ${name}: task base (last time 1 min 24 s)`,
    `run ${name} succeeded: built in 1 min 40 s: registry/base@sha256:1`,
  ]);
});

describe('the expected time', () => {
  const ended = (attempt: number, seconds: number, tasks: string[], state: RunProgress['state'] = 'succeeded'): RunProgress => {
    const began = 1000 * attempt;
    const done = tasks.map((each) => task(each, { state, started: at(began), ended: at(began + seconds) }));
    return run(`a-0123456789-${attempt}`, { state, started: at(began), ended: at(began + seconds), tasks: done });
  };
  const expected = new ExpectedTimes([
    ended(1, 300, ['look-up', 'build']),
    ended(3, 6, ['look-up']),
    ended(4, 9, ['look-up'], 'failed'),
    ended(2, 200, ['look-up', 'build']),
  ]);
  const now = (...tasks: string[]): RunProgress => run('a-fedcba9876-1', { tasks: tasks.map((each) => task(each)) });

  test('is that of the last run that went well', () => {
    expect(expected.ofRun(now('look-up'))).toBe(6);
  });

  test('is that of the last one that did the same, once that is known', () => {
    expect(expected.ofRun(now('look-up', 'build'))).toBe(200);
    expect(expected.ofTask(now('look-up', 'build'), 'build')).toBe(200);
  });

  test('is unknown for what was never done', () => {
    expect(expected.ofRun(now('look-up', 'rebase'))).toBeUndefined();
    expect(expected.ofRun(run('b-0123456789-1'))).toBeUndefined();
  });
});
