/**
 * What `up` does for a run: `nothing`: the state has it; `find`: its image is in the registry, and is tried and promoted as far as that was
 * not done; `rebase`: the layers are there, and are put on another run image; `build`: they are made; `refuse`: it fails, or waits for one
 * that does.
 */
export type Doing = 'nothing' | 'find' | 'rebase' | 'build' | 'refuse';

/** What a run that succeeds says of it in its result `made`. */
export const MADE_BY = { find: 'found', rebase: 'rebased', build: 'built' } as const satisfies Partial<Record<Doing, string>>;

/** A run that is declared. */
export interface DeclaredRun {
  /** Of its construct. */
  readonly path: string;
  /** Its name, without the attempt. */
  readonly run: string;
  /** The reference that it puts into the registry. */
  readonly image: string;
  /** The reference of its layers, on whichever run image; only of what can be rebased. */
  readonly layers?: string;
  /** The builder of these. */
  readonly builder?: string;
  /** The paths of the runs that it depends on. */
  readonly needs: readonly string[];
  /** Those of them that only layers are made of, which may have been made before. */
  readonly needsToBuild: readonly string[];
}

/** What there is before `up`. */
export interface KnownBefore {
  /** The runs that Pulumi's state has. */
  readonly inState: ReadonlySet<string>;
  /** Those whose last attempt failed, and what it said. */
  readonly failed: ReadonlyMap<string, string>;
  /** Of the references that runs name, those that the registry has. */
  readonly inRegistry: ReadonlySet<string>;
  /** The layers that runs of the cluster have made (`Lasting`). */
  readonly madeBefore: ReadonlySet<string>;
}

/** What happens to a run. */
export interface PlannedRun {
  readonly does: Doing;
  /** Of one that is refused. */
  readonly because?: string;
}

/**
 * What `up` would do for each run, by construct path. It is what the adapter and the look-up of the pipelines decide one after the other
 * (adapter.ts, lib/registry/steps/look-up.sh), said before; nothing is asked here.
 *
 * @param runs - each after those that it depends on
 */
export function planRuns(runs: readonly DeclaredRun[], known: KnownBefore): ReadonlyMap<string, PlannedRun> {
  const planned = new Map<string, PlannedRun>();
  for (const run of runs) planned.set(run.path, planOf(run, known, planned));
  return planned;
}

function planOf(run: DeclaredRun, known: KnownBefore, planned: ReadonlyMap<string, PlannedRun>): PlannedRun {
  const { image, layers = '', builder = '' } = run;
  const failure = known.failed.get(run.run);
  if (failure !== undefined) return { does: 'refuse', because: failure };
  if (known.inState.has(run.run)) return { does: 'nothing' };
  const isMade = known.madeBefore.has(layers);
  const waitsFor = isMade ? run.needs.filter((each) => !run.needsToBuild.includes(each)) : run.needs;
  const refused = waitsFor.find((each) => planned.get(each)?.does === 'refuse');
  if (refused !== undefined) return { does: 'refuse', because: `it waits for ${refused}` };
  if (known.inRegistry.has(image)) return { does: 'find' };
  if (image.includes('@')) return { does: 'refuse', because: 'the registry has lost the digest that it is pinned to' };
  if (known.inRegistry.has(layers)) return { does: 'rebase' };
  if (isMade && !known.inRegistry.has(builder))
    return {
      does: 'refuse',
      because: 'the registry has lost its layers, and does not have its builder; `csb rebuild` makes both',
    };
  return { does: 'build' };
}

/** How many seconds the runs of a plan take, about. */
export interface PlannedTime {
  /** As many at a time as the environment makes, and each after those that it waits for. */
  readonly seconds: number;
  /** The runs of which nothing is known: with any, it is at least so much. */
  readonly unknown: readonly string[];
}

/**
 * How long all that is to be done takes: no less than the longest chain, and no less than all of it divided by how many go at a time.
 *
 * @param secondsOf - of a run, when that is known
 */
export function plannedTime(
  runs: readonly DeclaredRun[],
  planned: ReadonlyMap<string, PlannedRun>,
  { secondsOf, parallel }: { secondsOf: (run: DeclaredRun, does: Doing) => number | undefined; parallel: number },
): PlannedTime {
  const ends = new Map<string, number>();
  const unknown: string[] = [];
  let sum = 0;
  for (const run of runs) {
    const does = planned.get(run.path)?.does ?? 'nothing';
    const isDone = does === 'nothing' || does === 'refuse';
    const own = isDone ? 0 : secondsOf(run, does);
    if (own === undefined) unknown.push(run.path);
    sum += own ?? 0;
    const waitsFor = does === 'build' ? run.needs : run.needs.filter((each) => !run.needsToBuild.includes(each));
    ends.set(run.path, Math.max(0, ...waitsFor.map((each) => ends.get(each) ?? 0)) + (own ?? 0));
  }
  return { seconds: Math.round(Math.max(0, sum / parallel, ...ends.values())), unknown };
}
