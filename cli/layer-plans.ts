import { writeFileSync } from 'node:fs';
import type { LayerPlan } from '../lib/buildpacks/layers/layer-plan';
import { STATE_LAYERS } from '../lib/buildpacks/layers/layer-plan';
import { layersOf, movedLayers, planCost, type Planned } from '../lib/buildpacks/layers/plan-cost';
import { planProblems } from '../lib/buildpacks/layers/plan-problems';
import type { Facts } from '../lib/buildpacks/layers/planned-image';
import type { Suite } from '../lib/buildpacks/target';
import { megabytes } from '../lib/diff/megabytes';
import { layerPlanFile, shownLayerPlan } from '../stacks/locks/read-layer-plan';

/** A layer plan that is to be written, with what it is compared with. */
export interface PlanChange {
  readonly suite: Suite;
  /** The committed plan, with the images of the committed locks. */
  readonly before: Planned;
  readonly after: Planned & { readonly plan: LayerPlan };
  readonly facts: Facts;
}

/** How many layers are named; the diff of the plan has all. */
const SHOWN = 20;

/** What a change of a plan costs, a line each: the layers that have to be sent anew because of it, and what the plan cannot hold. */
export function describeChange({ suite, before, after, facts }: PlanChange): string[] {
  const moved = movedLayers(before, after, facts);
  const had = new Set(before.plan.layers.map(({ name }) => name));
  const bytes = moved.reduce((sum, each) => sum + each.bytes, 0);
  const problems = planProblems(after.plan, after.images, shownLayerPlan(suite));
  return [
    moved.length === 0 ? `layers of ${suite}: the plan stays` : `layers of ${suite}: ${megabytes(bytes)} MB move by the plan`,
    ...moved.slice(0, SHOWN).map(({ name, packages, bytes: own }) => {
      const some = packages.length > 5 ? `${packages.slice(0, 5).join(', ')}, ...` : packages.join(', ');
      return `  ${had.has(name) ? 'changed' : 'new'}: ${name}, ${megabytes(own)} MB: ${some}`;
    }),
    ...(moved.length > SHOWN ? [`  and ${moved.length - SHOWN} smaller ones`] : []),
    ...problems,
  ];
}

/** What a plan costs as a whole, a line each: layers of each image, bytes stored, and bytes sent in a year. */
export function describePlan({ suite, after, facts }: PlanChange): string[] {
  const cost = planCost(after, facts);
  return [
    `${suite}: ${after.plan.layers.length} layers, at most ${after.plan.budget} of an image:`,
    ...after.images.map((image) => `  ${image.name}: ${layersOf(after.plan, image).length + STATE_LAYERS}`),
    `  stored ${megabytes(cost.stored)} MB, were nothing shared ${megabytes(cost.unshared)} MB`,
    `  sent in a year of monthly locks ${megabytes(cost.yearly)} MB, were each image one layer ${megabytes(cost.yearlyUnshared)} MB`,
  ];
}

/** Writes the plan of a release. */
export function writePlan(suite: Suite, plan: LayerPlan): void {
  writeFileSync(layerPlanFile(suite), renderPlan(plan));
}

/** A plan as it is committed: a layer is a line for its name and one for each package, so that a diff shows where one was put. */
export function renderPlan(plan: LayerPlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
