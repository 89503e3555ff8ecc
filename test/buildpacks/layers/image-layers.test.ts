import { imageLayers } from '../../../lib/buildpacks/layers/image-layers';
import { parsePlan } from '../../../lib/buildpacks/layers/layer-plan';
import { locked } from '../house';

const plan = parsePlan('bookworm', {
  release: 'bookworm',
  budget: 48,
  layers: [
    { name: 'glibc', packages: ['libc-bin', 'libc6'] },
    { name: 'ruby3.1', packages: ['ruby'] },
    { name: 'curl', volatile: true, packages: ['curl', 'libcurl4'] },
  ],
});

test('an image has the layers of which it has packages, each with those that it has', () => {
  const layers = imageLayers(plan.layers, locked(['libcurl4', 'libc6', 'libc-bin', 'unplanned']));
  expect(layers.map(({ name, packages }) => [name, packages])).toEqual([
    ['glibc', ['libc-bin', 'libc6']],
    ['curl', ['libcurl4']],
  ]);
});

test('a layer has one address in all images that have the same of it, whatever the plan calls it', () => {
  const [php] = imageLayers(plan.layers, locked(['libc6', 'libc-bin', 'php8.2']));
  const [ruby] = imageLayers(
    plan.layers.map((each) => ({ ...each, name: `${each.name}-2` })),
    locked(['libc6', 'libc-bin', 'ruby']),
  );
  expect(php?.address).toMatch(/^[0-9a-f]{16}$/);
  expect(ruby?.address).toBe(php?.address);
  const fewer = imageLayers(plan.layers, locked(['libc6']))[0];
  const newer = imageLayers(plan.layers, { ...locked(['libc-bin']), ...locked(['libc6'], '2') })[0];
  expect(new Set([php, fewer, newer].map((each) => each?.address)).size).toBe(3);
});
