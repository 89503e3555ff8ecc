import type { Deployment } from '@pulumi/pulumi/automation';
import { type Attempt, parseRunName } from '../lib/deploy/attempts';
import type { Cluster } from '../lib/deploy/cluster';
import { attemptSeen, type Standing, standingOf } from '../lib/deploy/planned-runs';
import { type LiveRun, progressOf } from '../lib/deploy/run-progress';
import type { Manifest, SynthesizedObject } from '../lib/synth/synthesized';
import { runsOf } from './state';

/** An attempt that failed since something outside of it ended it, which the next one may not meet. */
export interface EndedFromOutside extends Attempt {
  /** In words. */
  readonly why: string;
}

/** How far the declared runs are before `up`. */
export interface Standings {
  /** By their names without the attempt. Those that have yet to be made are not among them. */
  readonly known: ReadonlyMap<string, Standing>;
  /** Those whose next attempt `up` makes by itself. They are not among the others. */
  readonly again: readonly EndedFromOutside[];
}

/**
 * How far the declared runs are, by Pulumi's state and the cluster.
 *
 * @param live - the runs of the cluster
 */
export async function standingsOf(
  objects: readonly SynthesizedObject[],
  state: Deployment,
  live: readonly Manifest[],
  cluster: Pick<Cluster, 'endedFromOutside'>,
): Promise<Standings> {
  const inState = new Map(runsOf(state).map((each) => [parseRunName(each.name)?.run, each]));
  const progress = new Map(live.map((each) => [each.metadata.name, progressOf(each as unknown as LiveRun, [])]));
  const known = new Map<string, Standing>();
  const again: EndedFromOutside[] = [];
  for (const { manifest } of objects) {
    const { name, namespace = '' } = manifest.metadata;
    const run = parseRunName(name)?.run;
    if (manifest.kind !== 'PipelineRun' || run === undefined) continue;
    const standing = standingOf(name, inState.get(run), progress);
    if (standing === undefined) continue;
    const seen = attemptSeen(name, inState.get(run), progress);
    const why = typeof standing === 'object' ? await cluster.endedFromOutside(namespace, seen) : undefined;
    if (why === undefined) known.set(run, standing);
    else again.push({ run, attempt: parseRunName(seen)?.attempt ?? 1, why });
  }
  return { known, again };
}
