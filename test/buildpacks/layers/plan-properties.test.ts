/** What holds for the plan of every release. */
import fc from 'fast-check';
import { extendPlan } from '../../../lib/buildpacks/layers/extend-plan';
import { freshPlan } from '../../../lib/buildpacks/layers/fresh-plan';
import { type LayerPlan, parsePlan } from '../../../lib/buildpacks/layers/layer-plan';
import { layersOf, movedLayers } from '../../../lib/buildpacks/layers/plan-cost';
import { planProblems } from '../../../lib/buildpacks/layers/plan-problems';
import { type Release, releases } from './planned';

const plan = ({ images, facts }: Release, budget = 12): LayerPlan => freshPlan({ release: 'bookworm', budget, images, facts });
const names = ({ layers }: LayerPlan): string[] => layers.flatMap(({ packages }) => packages);
const budgets = fc.integer({ min: 8, max: 96 });
/** The release without some of its packages: what it was before. */
const before = ({ images, facts }: Release, gone: number): Release => ({
  images: images.map(({ name, packages }) => ({ name, packages: packages.filter((each) => Number(each.slice(1)) >= gone) })),
  facts,
});

test('every package of an image is in the plan exactly once, and nothing else is', () => {
  fc.assert(
    fc.property(releases, budgets, (release, budget) => {
      const wanted = [...new Set(release.images.flatMap(({ packages }) => packages))].sort();
      expect(names(plan(release, budget)).sort()).toEqual(wanted);
    }),
  );
});

test('no image has more layers than the budget, however many sets of images there are', () => {
  fc.assert(
    fc.property(releases, budgets, (release, budget) => {
      const made = plan(release, budget);
      for (const image of release.images) expect(layersOf(made, image).length + 1).toBeLessThanOrEqual(budget);
      if (made.layers.length > 0) expect(planProblems(made, release.images, 'plan')).toEqual([]);
    }),
  );
});

test('the same release gives the same plan, in whatever order its images and packages are named', () => {
  fc.assert(
    fc.property(releases, (release) => {
      const images = [...release.images].reverse().map(({ name, packages }) => ({ name, packages: [...packages].reverse() }));
      const facts = new Map([...release.facts].reverse());
      expect(plan({ images, facts })).toEqual(plan(release));
    }),
  );
});

test('what is updated more than twice a year is above all that is not', () => {
  fc.assert(
    fc.property(releases, (release) => {
      const volatile = names(plan(release)).map((each) => (release.facts.get(each)?.rate ?? 0) > 2);
      expect(volatile).toEqual([...volatile].sort((one, other) => Number(one) - Number(other)));
    }),
  );
});

test('an extended plan has every package once, and each that it had in the layer where it was', () => {
  fc.assert(
    fc.property(releases, fc.integer({ min: 0, max: 60 }), (release, gone) => {
      const old = plan(before(release, gone));
      const extended = extendPlan(old, release.images, release.facts);
      expect(() => parsePlan('bookworm', extended)).not.toThrow();
      expect(new Set(names(extended))).toEqual(new Set(names(plan(release))));
      const layerOf = new Map(extended.layers.flatMap(({ name, packages }) => packages.map((each) => [each, name])));
      for (const { name, packages } of old.layers) for (const each of packages) expect(layerOf.get(each)).toBe(name);
      const order = extended.layers.map(({ name }) => name).filter((name) => old.layers.some((each) => each.name === name));
      expect(order).toEqual(old.layers.map(({ name }) => name));
      expect(extendPlan(extended, release.images, release.facts)).toBe(extended);
    }),
  );
});

test('an extension holds the budget as long as there is a layer that all images have', () => {
  fc.assert(
    fc.property(releases, fc.integer({ min: 1, max: 60 }), budgets, (release, gone, budget) => {
      const facts = new Map([...release.facts, ['p99', { source: 'base', bytes: 1, rate: 0 }]]);
      const images = release.images.map(({ name, packages }) => ({ name, packages: [...packages, 'p99'] }));
      const extended = extendPlan(plan(before({ images, facts }, gone), budget), images, facts);
      expect(planProblems(extended, images, 'plan')).toEqual([]);
    }),
  );
});

test('a plan costs nothing beside itself', () => {
  fc.assert(
    fc.property(releases, (release) => {
      const planned = { plan: plan(release), images: release.images };
      expect(movedLayers(planned, planned, release.facts)).toEqual([]);
    }),
  );
});
