import fc from 'fast-check';
import {
  attemptSeen,
  type DeclaredRun,
  type Doing,
  type KnownBefore,
  resultOf,
  planRuns,
  plannedTime,
  publicOf,
  type RunInState,
  type RunOfFollowed,
  type RunOfImage,
  type Standing,
  standingOf,
} from '../../lib/deploy/planned-runs';
import type { Progress, RunProgress } from '../../lib/deploy/run-progress';

const known = (what: Partial<KnownBefore>): KnownBefore => ({
  ...{ standings: new Map<string, Standing>(), inRegistry: new Set<string>(), elsewhere: new Set<string>() },
  madeBefore: new Set<string>(),
  later: new Set<string>(),
  ...what,
});
const base: RunOfImage = { path: 'base', run: 'base-0', image: 'r/base:c-0', needs: [], needsToBuild: [] };
const builder: RunOfImage = { path: 'builder', run: 'builder-0', image: 'r/builder:c-0', needs: ['base'], needsToBuild: [] };
const web: RunOfImage = {
  ...{ path: 'web', run: 'web-0', image: 'r/web:c-0-r0', layers: 'r/web:c-0' },
  ...{ builder: 'r/builder:c-0', runImage: 'r/base:c-0', needs: ['base', 'builder'], needsToBuild: ['builder'] },
};
const all = [base, builder, web];
const plan = (what: Partial<KnownBefore>) => [...planRuns(all, known(what)).values()].map(({ does, refusal }) => refusal ?? does);
const done = (...runs: readonly string[]) => new Map(runs.map((run) => [run, 'done' as const]));
const registry = (...references: readonly string[]) => new Set(references);

describe('what up does for a run', () => {
  test('is to build it when nothing is there', () => {
    expect(plan({})).toEqual(['build', 'build', 'build']);
  });
  test('is to rebase what has its layers, and to find what is there', () => {
    expect(plan({ inRegistry: registry('r/web:c-0') })).toEqual(['build', 'build', 'rebase']);
    expect(plan({ inRegistry: registry('r/web:c-0', 'r/web:c-0-r0') })).toEqual(['build', 'build', 'find']);
  });
  test('is nothing when it was made, whatever the registry has lost', () => {
    expect(plan({ standings: done('base-0', 'builder-0', 'web-0') })).toEqual(['nothing', 'nothing', 'nothing']);
  });
  test('is to wait for it while it is under way', () => {
    expect(plan({ standings: new Map<string, Standing>([['base-0', 'under way']]) })).toEqual(['wait', 'build', 'build']);
  });
  test('is refused when it has failed, or waits for one that has', () => {
    const standings = new Map<string, Standing>([['builder-0', { failed: 'it is broken' }]]);
    expect(plan({ standings })).toEqual(['build', { failed: 'it is broken' }, { waitsFor: 'builder' }]);
  });
  test('is refused also when what it waits for was made, and waits for a refusal itself', () => {
    const standings = new Map<string, Standing>([
      ['base-0', { failed: 'x' }],
      ['builder-0', 'done'],
    ]);
    expect(plan({ standings })).toEqual([{ failed: 'x' }, 'nothing', { waitsFor: 'base' }]);
    const chain = [base, builder, { ...web, needs: ['builder'], needsToBuild: [] }];
    expect(planRuns(chain, known({ standings })).get('web')?.refusal).toEqual({ waitsFor: 'base' });
  });
  test('does not wait for the builder of layers that were made before', () => {
    const standings = new Map<string, Standing>([['builder-0', { failed: 'x' }]]);
    const made = { standings, madeBefore: registry('r/web:c-0') };
    expect(plan({ ...made, inRegistry: registry('r/web:c-0') }).at(-1)).toBe('rebase');
    expect(plan(made).at(-1)).toEqual({ lacks: 'r/builder:c-0' });
    expect(plan({ ...made, inRegistry: registry('r/builder:c-0') }).at(-1)).toBe('build');
  });
  test('is refused where the registry has lost what it is made on or with, unless a run makes it before', () => {
    const standings = done('base-0', 'builder-0');
    expect(plan({ standings }).at(-1)).toEqual({ lacks: 'r/base:c-0' });
    expect(plan({ standings, inRegistry: registry('r/base:c-0') }).at(-1)).toEqual({ lacks: 'r/builder:c-0' });
    expect(plan({ standings, inRegistry: registry('r/base:c-0', 'r/builder:c-0') }).at(-1)).toBe('build');
    expect(plan({ standings: done('builder-0'), inRegistry: registry('r/builder:c-0') }).at(-1)).toBe('build');
  });
  test('is refused where the registry has lost what a stack, a runtime or a builder is made from', () => {
    expect(plan({ standings: done('base-0') })[1]).toEqual({ lacks: 'r/base:c-0' });
    expect(plan({ standings: done('base-0'), inRegistry: registry('r/base:c-0') })[1]).toBe('build');
  });
  test('is to find what an image is pinned to, and never to make it', () => {
    const pinned: RunOfImage = { ...base, image: 'r/web@sha256:0' };
    const does = (...there: readonly string[]) => planRuns([pinned], known({ inRegistry: new Set(there) })).get('base')?.does;
    expect([does('r/web@sha256:0'), does()]).toEqual(['find', 'refuse']);
  });
});

describe('what up does for the run that rebases what follows branches', () => {
  const followed: RunOfFollowed = {
    ...{ path: 'followed', run: 'followed-0', runImage: 'r/base:c-0', followed: ['r/a:latest', 'r/b:latest'] },
    needs: ['base', 'web'],
  };
  const does = (what: Partial<KnownBefore>) => planRuns([...all, followed], known(what)).get('followed');
  const made = { standings: done('base-0', 'builder-0', 'web-0') };

  test('is to rebase what is public on another run image, and to find nothing to rebase where nothing is', () => {
    expect(does({ elsewhere: registry('r/b:latest') })).toEqual({ does: 'rebase', after: ['base', 'web'] });
    expect(does({})?.does).toBe('find');
  });
  test('is nothing when it was made, and refused with what it waits for', () => {
    expect(does({ standings: done('followed-0'), elsewhere: registry('r/b:latest') })?.does).toBe('nothing');
    const standings = new Map<string, Standing>([['web-0', { failed: 'its contract' }]]);
    expect(does({ standings, elsewhere: registry('r/b:latest') })?.refusal).toEqual({ waitsFor: 'web' });
  });
  test('is refused where the registry has lost the run image', () => {
    const elsewhere = registry('r/b:latest');
    expect(does({ ...made, elsewhere })?.refusal).toEqual({ lacks: 'r/base:c-0' });
    expect(does({ ...made, elsewhere, inRegistry: registry('r/base:c-0') })?.does).toBe('rebase');
  });
});

describe('what up does for an image that has a canary', () => {
  const other: RunOfImage = {
    ...{ path: 'other', run: 'other-0', image: 'r/other:c-0-r0', layers: 'r/other:c-0', runImage: 'r/base:c-0' },
    ...{ needs: ['base', 'builder'], needsToBuild: ['builder'], canary: 'web' },
  };
  const does = (what: Partial<KnownBefore>) => planRuns([...all, other], known(what)).get('other');
  const layers = registry('r/other:c-0');
  const both = registry('r/other:c-0', 'r/web:c-0');

  test('is after that, where the layers of both were made before', () => {
    expect(does({ inRegistry: layers, madeBefore: both })).toEqual({ does: 'rebase', after: ['base', 'web'] });
    expect(does({ inRegistry: layers, madeBefore: layers })?.after).toEqual(['base']);
    expect(does({ inRegistry: layers })?.after).toEqual(['base', 'builder']);
  });
  test('is not refused because of that', () => {
    const standings = new Map<string, Standing>([['web-0', { failed: 'its contract' }]]);
    expect(does({ inRegistry: layers, madeBefore: both, standings })?.does).toBe('rebase');
  });
});

describe('how far a run is', () => {
  const inState = (what: Partial<RunInState> = {}): RunInState => ({
    ...{ name: 'web-0123456789-1', isOpen: false, succeeded: true, message: '' },
    ...what,
  });
  const live = (state: Progress, name = 'web-0123456789-1') =>
    new Map<string, RunProgress>([
      [name, { name, state, tasks: [], image: '', made: '', ...(state === 'failed' && { failure: { message: 'it broke' } }) }],
    ]);
  const nothing = new Map<string, RunProgress>();
  const standing = (state: RunInState | undefined, runs: ReadonlyMap<string, RunProgress>) =>
    standingOf('web-0123456789-1', state, runs);

  test('says the state, whatever the cluster has by now: no run of it, or another attempt', () => {
    for (const runs of [nothing, live('failed'), live('failed', 'web-0123456789-2')])
      expect(standing(inState(), runs)).toBe('done');
    const failed = inState({ succeeded: false, message: 'it broke' });
    for (const runs of [nothing, live('succeeded', 'web-0123456789-2')])
      expect(standing(failed, runs)).toEqual({ failed: 'it broke' });
  });
  test('of one whose end the state lacks, says the cluster; one that is gone there is made anew', () => {
    const open = inState({ name: 'web-0123456789-2', isOpen: true, succeeded: undefined });
    expect(standing(open, live('running', 'web-0123456789-2'))).toBe('under way');
    expect(standing(open, live('succeeded', 'web-0123456789-2'))).toBe('done');
    expect(standing(open, nothing)).toBeUndefined();
    expect(standing(open, live('succeeded'))).toBe('done');
  });
  test('is that of the attempt which the state has, and of the first where that is gone', () => {
    const second = inState({ name: 'web-0123456789-2', isOpen: true, succeeded: undefined });
    const seen = (state: RunInState | undefined, runs: ReadonlyMap<string, RunProgress>) =>
      attemptSeen('web-0123456789-1', state, runs);
    expect(seen(undefined, nothing)).toBe('web-0123456789-1');
    expect(seen(second, live('failed', 'web-0123456789-2'))).toBe('web-0123456789-2');
    expect(seen(second, live('failed'))).toBe('web-0123456789-1');
    expect(seen({ ...second, isOpen: false }, nothing)).toBe('web-0123456789-2');
  });
  test('of one that the state does not know, as after a killed up, says its first attempt', () => {
    expect(standing(undefined, live('waiting'))).toBe('under way');
    expect(standing(undefined, live('failed'))).toEqual({ failed: 'it broke' });
    expect(standing(undefined, live('succeeded', 'web-0123456789-2'))).toBeUndefined();
    expect(standing(undefined, nothing)).toBeUndefined();
  });
});

/** Runs of which each may depend on any before it, in registries that have any of their references. */
const declared: fc.Arbitrary<readonly DeclaredRun[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('made once', 'rebasable', 'rebasable', 'followed'),
      edges: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((made) =>
    made.map(({ kind, edges }, i): DeclaredRun => {
      const [first, ...others] = i === 0 ? [] : [...new Set(edges.map((each) => each % i))];
      const needs = first === undefined ? [] : [first, ...others].map((each) => `p${each}`);
      const own = { path: `p${i}`, run: `run-${i}`, needs };
      const image = `r/${i}:c-r`;
      if (kind === 'made once' || first === undefined) return { ...own, image, needsToBuild: [] };
      if (kind === 'followed') return { ...own, runImage: `r/${first}:c-r`, followed: edges.map((_, j) => `r/${i}-${j}:latest`) };
      const runImage = others[0] === undefined ? {} : { runImage: `r/${others[0]}:c-r` };
      return { ...own, image, layers: `r/${i}:c`, builder: `r/${first}:c-r`, ...runImage, needsToBuild: [`p${first}`] };
    }),
  );
/** What a run puts into the registry. */
const madeBy = (run: DeclaredRun): string[] => ('image' in run ? [run.image, ...layersOf(run)] : []);
const layersOf = (run: DeclaredRun): string[] => ('image' in run && run.layers !== undefined ? [run.layers] : []);
const standingsOf = (runs: readonly DeclaredRun[]): fc.Arbitrary<ReadonlyMap<string, Standing>> =>
  fc
    .array(fc.constantFrom<Standing | undefined>(undefined, undefined, 'done', 'under way', { failed: 'it failed' }), {
      ...{ minLength: runs.length, maxLength: runs.length },
    })
    .map(
      (each) => new Map(each.flatMap((standing, i) => (standing === undefined ? [] : [[runs[i]?.run ?? '', standing] as const]))),
    );
const cases = declared.chain((runs) =>
  fc.record({
    runs: fc.constant(runs),
    before: fc.record({
      standings: standingsOf(runs),
      inRegistry: fc.subarray(runs.flatMap(madeBy)).map((each) => new Set(each)),
      elsewhere: fc.subarray(runs.flatMap(publicOf)).map((each) => new Set(each)),
      madeBefore: fc.subarray(runs.flatMap(layersOf)).map((each) => new Set(each)),
      later: fc.constant(new Set<string>()),
    }),
  }),
);

describe('whatever is declared and known', () => {
  test('each run has one answer, and what is in the registry is neither built nor rebased', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const planned = planRuns(runs, before);
        expect([...planned.keys()]).toEqual(runs.map(({ path }) => path));
        for (const run of runs)
          if ('image' in run && before.inRegistry.has(run.image))
            expect(['rebase', 'build']).not.toContain(planned.get(run.path)?.does);
      }),
    );
  });

  test('what follows branches is never built, and rebased only where something of it stands elsewhere', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const planned = planRuns(runs, before);
        for (const run of runs.filter((each) => 'followed' in each)) {
          const { does } = planned.get(run.path) ?? {};
          expect(does).not.toBe('build');
          const isElsewhere = run.followed.some((each) => before.elsewhere.has(each));
          expect(isElsewhere ? 'find' : 'rebase').not.toBe(does);
        }
      }),
    );
  });

  test('what is refused has failed, or waits for one that is refused, or lacks what the registry does not have', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const planned = planRuns(runs, before);
        for (const { path, run, needs } of runs) {
          const { does, refusal } = planned.get(path) ?? {};
          expect(refusal === undefined).toBe(does !== 'refuse');
          if (refusal === undefined) continue;
          if ('failed' in refusal) expect(before.standings.get(run)).toEqual(refusal);
          else if ('lacks' in refusal) expect(before.inRegistry.has(refusal.lacks)).toBe(false);
          else expect([needs.length > 0, planned.get(refusal.waitsFor)?.does]).toEqual([true, 'refuse']);
        }
      }),
    );
  });

  test('once it is done, there is nothing more to do', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const first = planRuns(runs, before);
        const made = runs.filter(({ path }) => !['refuse', 'nothing'].includes(first.get(path)?.does ?? ''));
        const after: KnownBefore = {
          standings: new Map([...before.standings, ...made.map(({ run }) => [run, 'done'] as const)]),
          inRegistry: new Set([...before.inRegistry, ...made.flatMap(madeBy)]),
          elsewhere: before.elsewhere,
          madeBefore: new Set([...before.madeBefore, ...made.flatMap(layersOf)]),
          later: before.later,
        };
        for (const { path } of made) expect(planRuns(runs, after).get(path)?.does).toBe('nothing');
      }),
    );
  });

  test('a registry that has all makes no more work than one that has less, and a run of others changes nothing', () => {
    const work: Readonly<Record<Doing, number>> = { nothing: 0, wait: 0, find: 1, rebase: 2, build: 3, refuse: 4 };
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const whole = new Set(runs.flatMap(madeBy));
        const less = planRuns(runs, before);
        const more = planRuns(runs, { ...before, inRegistry: whole, elsewhere: new Set() });
        for (const { path } of runs)
          expect(work[more.get(path)?.does ?? 'refuse']).toBeLessThanOrEqual(work[less.get(path)?.does ?? 'nothing']);
        const stranger = { ...base, path: 'stranger', run: 'stranger-0', image: 'r/stranger:c' };
        expect([...planRuns([...runs, stranger], before)].slice(0, -1)).toEqual([...less]);
      }),
    );
  });
});

describe('the time of a plan', () => {
  const time = (what: Partial<KnownBefore>, seconds: Readonly<Record<string, number>>, parallel = 4) =>
    plannedTime(planRuns(all, known(what)), { secondsOf: (path, does) => (resultOf(does) ? seconds[path] : 5), parallel });
  const layers = registry('r/web:c-0');

  test('is that of the longest chain', () => {
    expect(time({}, { base: 60, builder: 30, web: 20 })).toEqual({ seconds: 110, unknown: [] });
  });
  test('has a builder in it only where that is waited for', () => {
    expect(time({ inRegistry: layers }, { base: 60, builder: 300, web: 20 }).seconds).toBe(380);
    expect(time({ inRegistry: layers, madeBefore: layers }, { base: 60, builder: 300, web: 20 }).seconds).toBe(360);
    expect(time({ inRegistry: layers, madeBefore: layers }, { base: 60, builder: 10, web: 20 }).seconds).toBe(80);
  });
  test('has what only later builds need at its end', () => {
    const what = { inRegistry: layers, madeBefore: layers, later: registry('builder') };
    expect(planRuns(all, known(what)).get('builder')?.after).toEqual(['base', 'web']);
    expect(time(what, { base: 60, builder: 30, web: 20 }).seconds).toBe(110);
  });
  test('is no less than all of it, so many at a time', () => {
    expect(time({ inRegistry: layers, madeBefore: layers }, { base: 100, builder: 5, web: 20 }, 1).seconds).toBe(125);
  });
  test('says of what it knows nothing', () => {
    expect(time({}, { base: 60, web: 20 })).toEqual({ seconds: 80, unknown: ['builder'] });
  });
  test('is none when nothing is done', () => {
    expect(time({ standings: done('base-0', 'builder-0', 'web-0') }, {})).toEqual({ seconds: 0, unknown: [] });
  });
});
