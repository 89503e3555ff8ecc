import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { emptyPlan, type LayerPlan, parsePlan } from '../../lib/buildpacks/layers/layer-plan';
import type { Suite } from '../../lib/buildpacks/target';

/** Where the layer plan of a release is committed. */
export function layerPlanFile(release: Suite): string {
  return join(__dirname, `${release}.layers.json`);
}

/** The same, as people see it. */
export function shownLayerPlan(release: Suite): string {
  return relative(join(__dirname, '../..'), layerPlanFile(release));
}

/**
 * The committed layer plan of a release; one without layers where there is none yet, which `planProblems` says.
 *
 * @throws Error for a file that is no plan of this release, naming it and what to do
 */
export function readLayerPlan(release: Suite): LayerPlan {
  const file = layerPlanFile(release);
  if (!existsSync(file)) return emptyPlan(release);
  try {
    return parsePlan(release, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const shown = shownLayerPlan(release);
    throw new Error(
      `${shown}: ${(error as Error).message}\nTake back the committed one (git checkout -- ${shown}), or make a new one: ` +
        `npm run csb -- plan-layers ${release} --fresh`,
      { cause: error },
    );
  }
}
