import type { RunProgress } from './run-progress';

/**
 * What `up` does for a run: `nothing`: it has been made; `wait`: it is under way, and `up` waits for it; `find`: its image is in the registry, and
 * is tried and promoted as far as that was not done; `rebase`: the layers are there, and are put on another run image; `build`: they are
 * made; `refuse`: it has failed, or will, or waits for one that does. The run that rebases what follows branches finds where all that is public of
 * it is on the run image already.
 */
export type Doing = 'nothing' | 'wait' | 'find' | 'rebase' | 'build' | 'refuse';

const MADE = new Map<Doing, string>([
  ['find', 'found'],
  ['rebase', 'rebased'],
  ['build', 'built'],
]);

/** What a run of which this is done says in its result `made`; undefined where no run is made. */
export function resultOf(does: Doing): string | undefined {
  return MADE.get(does);
}

/** A run that is declared: it makes an image, or rebases all that follow branches on a stack. */
export type DeclaredRun = RunOfImage | RunOfFollowed;

interface AnyRun {
  /** Of its construct. */
  readonly path: string;
  /** Its name, without the attempt. */
  readonly run: string;
  /** The paths of the runs that it depends on. */
  readonly needs: readonly string[];
}

/** A run that puts an image into the registry. */
export interface RunOfImage extends AnyRun {
  /** The reference of that. */
  readonly image: string;
  /** The tag by which tools use it; undefined where nobody does. */
  readonly public?: string;
  /** The reference of its layers, on whichever run image; only of what can be rebased. */
  readonly layers?: string;
  /** The builder of these, and the run image under them. */
  readonly builder?: string;
  readonly runImage?: string;
  /** Of what it depends on, what only layers are made of, which may have been made before. */
  readonly needsToBuild: readonly string[];
  /** The path of the run that goes first where the layers of both were made before, however it ends. */
  readonly canary?: string;
}

/** The run that puts what is public of tools' images that follow branches on the run image of their stack. */
export interface RunOfFollowed extends AnyRun {
  readonly runImage: string;
  /** The tags by which those images are used. */
  readonly followed: readonly string[];
}

/** The tags that a run moves, by which tools use images. */
export function publicOf(run: DeclaredRun): readonly string[] {
  if ('followed' in run) return run.followed;
  return run.public === undefined ? [] : [run.public];
}

/** How far a run was before `up`: it went well, it is not ended, or it failed, and with which words. */
export type Standing = 'done' | 'under way' | { readonly failed: string };

/** What there is before `up`. */
export interface KnownBefore {
  /** How far runs are, by their names without the attempt; the others have not been made. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Of the references that runs name, those that the registry has. */
  readonly inRegistry: ReadonlySet<string>;
  /** Of the public tags of what follows branches, those that stand on another run image than is declared. */
  readonly elsewhere: ReadonlySet<string>;
  /** The layers that runs of the cluster have made (`Lasting`). */
  readonly madeBefore: ReadonlySet<string>;
  /** The paths of the runs that only later builds need, as far as layers were made before (later.ts): they are made last. */
  readonly later: ReadonlySet<string>;
}

/** Why a run is refused: by what it said when it failed, by the path of the run that it waits for, or by the reference that the registry has lost. */
export type Refusal = { readonly failed: string } | { readonly waitsFor: string } | { readonly lacks: string };

/** What happens to a run. */
export interface PlannedRun {
  readonly does: Doing;
  readonly refusal?: Refusal;
  /** The paths of the runs that it is made after. */
  readonly after: readonly string[];
}

/**
 * What `up` would do for each run, by construct path. It is what the adapter and the look-up of the pipelines decide one after the other
 * (adapter.ts, lib/registry/steps/look-up.sh), said before; nothing is asked here.
 *
 * @param runs - each after those that it depends on
 */
export function planRuns(runs: readonly DeclaredRun[], known: KnownBefore): ReadonlyMap<string, PlannedRun> {
  const planned = new Map<string, PlannedRun>();
  /** What the registry will have by then: what it has, and what the runs before put there. */
  const there = new Set(known.inRegistry);
  /** The refused run that a run waits for, if any, or that it is itself. */
  const blocked = new Map<string, string>();
  const images = new Map(runs.flatMap((run) => ('image' in run ? [[run.path, run.image]] : [])));
  const made = runs.filter((run) => wasMade(run, known.madeBefore) && !known.later.has(run.path)).map(({ path }) => path);
  for (const run of runs) {
    const after = neededBy(run, known.madeBefore);
    const refused = after.map((each) => blocked.get(each)).find((each) => each !== undefined);
    const from = after.flatMap((each) => images.get(each) ?? []);
    const decided = decide(run, known, { there, refused, from });
    const canary = runs.find(({ path }) => 'canary' in run && path === run.canary);
    const first = canary !== undefined && [run, canary].every((each) => wasMade(each, known.madeBefore)) ? [canary.path] : [];
    const earlier = known.later.has(run.path) ? made : [];
    planned.set(run.path, { ...decided, after: [...after, ...first, ...earlier] });
    // What has been made and waits for a refusal hands that on: nothing above it is begun.
    const blocks = decided.does === 'refuse' ? run.path : refused;
    if (blocks !== undefined) blocked.set(run.path, blocks);
    if ('image' in run && decided.does !== 'nothing' && decided.does !== 'refuse')
      for (const each of [run.image, run.layers]) if (each !== undefined) there.add(each);
  }
  return planned;
}

const wasMade = (run: DeclaredRun, madeBefore: ReadonlySet<string>): run is RunOfImage =>
  'image' in run && madeBefore.has(run.layers ?? '');

/** What a run waits for to go well: not what layers that were made before are made of. */
function neededBy(run: DeclaredRun, madeBefore: ReadonlySet<string>): readonly string[] {
  return wasMade(run, madeBefore) ? run.needs.filter((each) => !run.needsToBuild.includes(each)) : run.needs;
}

/** What is there when a run begins, and whose refusal it waits for. */
interface Begin {
  readonly there: ReadonlySet<string>;
  readonly refused: string | undefined;
  /** The images of the runs that it is made after. */
  readonly from: readonly string[];
}
type Decided = Omit<PlannedRun, 'after'>;
const refuse = (refusal: Refusal): Decided => ({ does: 'refuse', refusal });

function decide(run: DeclaredRun, known: KnownBefore, begin: Begin): Decided {
  const standing = known.standings.get(run.run);
  if (typeof standing === 'object') return refuse(standing);
  if (standing === 'done') return { does: 'nothing' };
  if (begin.refused !== undefined) return refuse({ waitsFor: begin.refused });
  if (standing === 'under way') return { does: 'wait' };
  if ('image' in run) return decideImage(run, known, begin);
  if (!begin.there.has(run.runImage)) return refuse({ lacks: run.runImage });
  return { does: run.followed.some((each) => known.elsewhere.has(each)) ? 'rebase' : 'find' };
}

function decideImage(run: RunOfImage, { inRegistry, madeBefore }: KnownBefore, { there, from }: Begin): Decided {
  const { image, layers = '', builder, runImage } = run;
  if (inRegistry.has(image)) return { does: 'find' };
  // One that is pinned is found, or nothing.
  if (image.includes('@')) return refuse({ lacks: image });
  if (runImage !== undefined && !there.has(runImage)) return refuse({ lacks: runImage });
  if (inRegistry.has(layers)) return { does: 'rebase' };
  const lost = run.layers === undefined ? from.find((each) => !there.has(each)) : undefined;
  if (lost !== undefined) return refuse({ lacks: lost });
  // What does not wait for its builder needs it now.
  const builders = madeBefore.has(layers) ? inRegistry : there;
  return builder !== undefined && !builders.has(builder) ? refuse({ lacks: builder }) : { does: 'build' };
}

/** A run as Pulumi's state has it. */
export interface RunInState {
  /** With the attempt. */
  readonly name: string;
  /** Whether its end was waited for, and did not come. */
  readonly isOpen: boolean;
  /** Whether it went well; undefined as long as it has not ended. */
  readonly succeeded: boolean | undefined;
  /** What it said of its end. */
  readonly message: string;
}

/** The attempt of a run that `up` sees: that of the state; where the state lacks its end, and it is gone, the first. */
export function attemptSeen(first: string, inState: RunInState | undefined, live: ReadonlyMap<string, RunProgress>): string {
  if (inState === undefined) return first;
  // Of an attempt that is gone, `up` forgets that the state has it, and begins with the first.
  return !inState.isOpen || live.has(inState.name) ? inState.name : first;
}

/**
 * How far a run is, as `up` sees it: by the state, which keeps an attempt and its end whatever the cluster has by now; one whose end the state
 * lacks, and one that it does not know, as the cluster has it. Undefined for one that has yet to be made.
 *
 * @param first - the name that is declared, that of the first attempt
 * @param live - the runs of the cluster, by name
 */
export function standingOf(
  first: string,
  inState: RunInState | undefined,
  live: ReadonlyMap<string, RunProgress>,
): Standing | undefined {
  if (inState !== undefined && !inState.isOpen) return inState.succeeded === true ? 'done' : { failed: inState.message };
  const found = live.get(attemptSeen(first, inState, live));
  if (found === undefined) return undefined;
  if (found.state === 'succeeded') return 'done';
  return found.state === 'failed' ? { failed: found.failure?.message ?? '' } : 'under way';
}

/** How long the runs of a plan take, about. */
export interface PlannedTime {
  /** As many at a time as the environment makes, and each after those that it waits for. */
  readonly seconds: number;
  /** The runs of which nothing is known: with any, it is at least so much. */
  readonly unknown: readonly string[];
}

/**
 * How long all that is to be done takes: no less than the longest chain, and no less than all of it divided by how many go at a time.
 *
 * @param secondsOf - of a run of which something is done, when that is known
 */
export function plannedTime(
  planned: ReadonlyMap<string, PlannedRun>,
  { secondsOf, parallel }: { secondsOf: (path: string, does: Doing) => number | undefined; parallel: number },
): PlannedTime {
  const ends = new Map<string, number>();
  const unknown: string[] = [];
  let sum = 0;
  const endOf = (path: string): number => {
    const known = ends.get(path);
    const run = planned.get(path);
    if (known !== undefined || run === undefined) return known ?? 0;
    const isIdle = run.does === 'nothing' || run.does === 'refuse';
    const own = isIdle ? 0 : secondsOf(path, run.does);
    if (own === undefined) unknown.push(path);
    sum += own ?? 0;
    const end = Math.max(0, ...run.after.map(endOf)) + (own ?? 0);
    ends.set(path, end);
    return end;
  };
  const longest = Math.max(0, ...[...planned.keys()].map(endOf));
  return { seconds: Math.round(Math.max(sum / parallel, longest)), unknown };
}
