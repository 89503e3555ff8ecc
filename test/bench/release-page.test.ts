import { releasePage, timesOfImages } from '../../bench/release-page';
import { usedBetween } from '../../bench/processor-time';
import type { FinishedRun } from '../../test/cluster/rebase/finished-runs';

const run = (id: string, made: string, started: number, ended: number, madeAt?: number): FinishedRun => ({
  run: `${id}-0123456789`,
  id,
  made,
  repository: id,
  tag: 'c-0',
  digest: 'sha256:0',
  contract: '',
  started: started * 1000,
  ended: ended * 1000,
  ...(madeAt !== undefined && { making: { seconds: 5, ended: madeAt * 1000 } }),
  tasks: [],
  steps: {},
});
const images = ['one', 'two', 'three'];
const runs = [
  run('bookworm-base', 'built', 100, 130, 125),
  run('two', 'rebased', 130, 190, 150),
  run('one', 'rebased', 130, 180, 145),
  run('three', 'rebased', 140, 200, 160),
];
const measured = {
  date: '2026-11-27',
  machine: '2 processors',
  release: 'bookworm',
  change: { name: 'a', before: '1', after: '2', packages: ['a', 'b'] },
  images,
  runs,
  start: 100_000,
  seconds: 110,
  processors: usedBetween({ pods: 10, registry: 5, all: 20 }, { pods: 50, registry: 65, all: 220 }),
  bytes: 5e6,
  legacy: { seconds: 90, bytes: 1e9 },
};

test('an image is there when its task has ended, whatever its contract takes, counted from the command', () => {
  expect(timesOfImages({ runs, images, start: 100_000 })).toEqual([45, 50, 60]);
});

test('the page has the first, half and all of them, and says which target holds', () => {
  const page = releasePage(measured);
  expect(page).toContain('a, b, of the base of bookworm, 2 -> 1');
  expect(page).toMatch(/first image in the registry \| 45 s \|/);
  expect(page).toMatch(/half of the images \| 50 s \|/);
  expect(page).toMatch(/all images in the registry \| 60 s \| 90 s/);
  expect(page).toMatch(/for each image \| 20 s \| 30 s/);
  expect(page).toMatch(/new in the registry \| 5\.0 MB \| 1000\.0 MB/);
  expect(page.match(/\| holds \|/g)).toHaveLength(2);
  expect(releasePage({ ...measured, legacy: { seconds: 59, bytes: 1 } })).toMatch(/for all of them .*\*\*does not hold\*\*/);
});

test('what processors did is said by who used them, the most first, and what nobody is known for last', () => {
  expect(measured.processors).toEqual([
    ['registry', 60],
    ['pods', 40],
    [expect.stringContaining('all else'), 100],
  ]);
  const page = releasePage(measured);
  expect(page).toMatch(/\| registry +\| +60 s \| +30 % \|/);
  expect(page).toContain('That is 1.8 processors all the time, and 50 s for each of 4 images');
});
