import { type Drift, findDrift } from '../lib/diff/drift';
import { readLive } from '../lib/diff/live-objects';
import { renderDrift } from '../lib/diff/render-drift';
import { FormerPaths } from '../lib/synth/aliases';
import { aliases } from '../stacks/aliases';
import { clusterOf, declaredNow } from './diff-side';

/** What `drift --json` writes. */
export interface DriftReport {
  readonly environment: string;
  readonly objects: readonly Drift[];
}

/**
 * `npm run drift`: what differs in the environment's cluster from what is declared, and who did it.
 *
 * @returns the exit code: 1 when something differs
 */
export async function drift(environment: string, { json }: { readonly json: boolean }): Promise<0 | 1> {
  const cluster = await clusterOf(environment);
  const objects = findDrift(await readLive(cluster, declaredNow(environment), new FormerPaths(aliases)));
  console.log(
    json
      ? JSON.stringify({ environment, objects } satisfies DriftReport, undefined, 2)
      : `${environment}: ${renderDrift(objects)}`,
  );
  return objects.length > 0 ? 1 : 0;
}
