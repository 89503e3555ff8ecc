/** The committed layer plans, beside the committed locks. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { imagesOfRelease } from '../../lib/buildpacks/layers/images-of-release';
import { planProblems } from '../../lib/buildpacks/layers/plan-problems';
import { Stack } from '../../lib/buildpacks/stack/stack';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';
import { readLayerPlan, shownLayerPlan } from '../../stacks/locks/read-layer-plan';

const root = join(__dirname, '../..');
const stacks = Stack.allOf(declareEnvironment('test', { ...readSettings(root, 'local'), families: ['all'] }));
const suites = [...new Set(stacks.map(({ suite }) => suite))];

test.each(suites)('of %s, every locked package is in a layer, and every image within the budget', (suite) => {
  const images = imagesOfRelease(stacks, suite);
  expect(images.length).toBeGreaterThan(5);
  expect(planProblems(readLayerPlan(suite), images, shownLayerPlan(suite))).toEqual([]);
});

test('there is a plan of every release, and none of another', () => {
  const files = readdirSync(join(root, 'stacks/locks')).filter((file) => file.endsWith('.layers.json'));
  expect(files.sort()).toEqual(suites.map((suite) => `${suite}.layers.json`).sort());
});
