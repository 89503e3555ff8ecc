/**
 * The drop-in proof of every language: a home as the legacy image has left it, with its configuration, its database and what was compiled
 * there, is served by our image, unchanged, with the answers that it had; and so are its jobs and shells. Of families that the environment declares.
 */
import { join } from 'node:path';
import { readSettings } from '../../../lib/settings/settings';
import { chosenFamilies } from '../../../stacks/chosen-families';
import { knownFamilies } from '../../../stacks/families';
import { ToolUnderTest } from './demo-tools';
import { ROWS } from './served/rows';
import { makeHome, removeHome, type Seen, serveHome } from './served/seen';

const tool = new ToolUnderTest('demo-two', 50002);
const declared = chosenFamilies('local', readSettings(join(__dirname, '../../..'), 'local'), knownFamilies);

describe.each(ROWS.filter(({ family }) => declared.includes(family)))('$web', (row) => {
  let before: Seen;
  let now: Seen;

  beforeAll(() => {
    before = makeHome(tool, row);
    now = serveHome(tool, row);
  }, 1_800_000);

  afterAll(() => {
    removeHome(tool, row);
  });

  test('the home answered where it was made', () => {
    expect(Object.fromEntries(before.answers.map(({ path, status }) => [path, status]))).toEqual(row.home.paths);
    // The published test vector of "foobar", as in drop-in.test.ts.
    const hash = 0xbf9cf968;
    expect(before.answers.find(({ path }) => path === row.home.sum)?.text).toMatch(new RegExp(`foobar ${hash}\\b`, 'i'));
    expect(before.job.output).toMatch(new RegExp('foobar', 'i'));
  });

  test.each(Object.keys(row.home.paths).map((path, index) => [path, index] as const))('%s has the same answer', (_, index) => {
    expect(now.answers[index]).toEqual(before.answers[index]);
  });

  test('a job writes the same', () => {
    expect(now.job).toEqual(before.job);
  });

  test('a login shell shows the same', () => {
    expect(now.shell).toBe(before.shell);
  });

  test('everything in the home belongs to the tool', () => {
    expect(tool.strangeFiles()).toBe('');
  });
});
