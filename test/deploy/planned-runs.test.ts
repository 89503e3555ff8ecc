import fc from 'fast-check';
import { type DeclaredRun, type KnownBefore, planRuns, plannedTime } from '../../lib/deploy/planned-runs';

const nothingKnown: KnownBefore = { inState: new Set(), failed: new Map(), inRegistry: new Set(), madeBefore: new Set() };
const known = (what: Partial<KnownBefore>): KnownBefore => ({ ...nothingKnown, ...what });
const base: DeclaredRun = { path: 'base', run: 'base-0', image: 'r/base:c-0', needs: [], needsToBuild: [] };
const builder: DeclaredRun = { path: 'builder', run: 'builder-0', image: 'r/builder:c-0', needs: ['base'], needsToBuild: [] };
const web: DeclaredRun = {
  path: 'web',
  run: 'web-0',
  image: 'r/web:c-0-r0',
  layers: 'r/web:c-0',
  builder: 'r/builder:c-0',
  needs: ['base', 'builder'],
  needsToBuild: ['builder'],
};
const all = [base, builder, web];
const doing = (what: Partial<KnownBefore>): string[] =>
  [...planRuns(all, known(what)).values()].map(({ does, because }) => (because === undefined ? does : `${does}: ${because}`));

describe('what up does for a run', () => {
  test('is to build it when nothing is there', () => {
    expect(doing({})).toEqual(['build', 'build', 'build']);
  });
  test('is to rebase what has its layers, and to find what is there', () => {
    expect(doing({ inRegistry: new Set(['r/web:c-0']) })).toEqual(['build', 'build', 'rebase']);
    expect(doing({ inRegistry: new Set(['r/web:c-0', 'r/web:c-0-r0']) })).toEqual(['build', 'build', 'find']);
  });
  test('is nothing when the state has it, whatever the registry has lost', () => {
    expect(doing({ inState: new Set(['base-0', 'builder-0', 'web-0']) })).toEqual(['nothing', 'nothing', 'nothing']);
  });
  test('is refused when it has failed, or waits for one that has', () => {
    const failed = new Map([['builder-0', 'it is broken']]);
    expect(doing({ failed })).toEqual(['build', 'refuse: it is broken', 'refuse: it waits for builder']);
  });
  test('is to find what an image is pinned to, and never to make it', () => {
    const pinned: DeclaredRun = { ...base, image: 'r/web@sha256:0' };
    const does = (...there: readonly string[]) => planRuns([pinned], known({ inRegistry: new Set(there) })).get('base')?.does;
    expect([does('r/web@sha256:0'), does()]).toEqual(['find', 'refuse']);
  });
  test('does not wait for the builder of layers that were made before', () => {
    const made = { failed: new Map([['builder-0', 'x']]), madeBefore: new Set(['r/web:c-0']) };
    expect(doing({ ...made, inRegistry: new Set(['r/web:c-0']) }).at(-1)).toBe('rebase');
    expect(doing(made).at(-1)).toMatch(/^refuse: the registry has lost its layers, .*`csb rebuild`/);
  });
});

/** Runs of which each may depend on any before it, in registries that have any of their references. */
const declared: fc.Arbitrary<readonly DeclaredRun[]> = fc
  .array(fc.record({ rebasable: fc.boolean(), edges: fc.array(fc.nat(), { maxLength: 3 }), toBuild: fc.boolean() }), {
    maxLength: 12,
  })
  .map((made) =>
    made.map(({ rebasable, edges, toBuild }, i): DeclaredRun => {
      const needs = i === 0 ? [] : [...new Set(edges.map((each) => `p${each % i}`))];
      const own = { path: `p${i}`, run: `run-${i}`, image: `r/${i}:c-r` };
      if (!rebasable) return { ...own, needs, needsToBuild: [] };
      const needsToBuild = toBuild ? needs.slice(0, 1) : [];
      return { ...own, layers: `r/${i}:c`, builder: `r/${needsToBuild[0]?.slice(1) ?? ''}:c-r`, needs, needsToBuild };
    }),
  );
const cases = declared.chain((runs) =>
  fc.record({
    runs: fc.constant(runs),
    before: fc.record({
      inState: fc.subarray(runs.map(({ run }) => run)).map((each) => new Set(each)),
      failed: fc.subarray(runs.map(({ run }) => run)).map((each) => new Map(each.map((run) => [run, 'it failed']))),
      inRegistry: fc
        .subarray(runs.flatMap(({ image, layers }) => [image, ...(layers === undefined ? [] : [layers])]))
        .map((each) => new Set(each)),
      madeBefore: fc.subarray(runs.flatMap(({ layers }) => layers ?? [])).map((each) => new Set(each)),
    }),
  }),
);
const plan = (runs: readonly DeclaredRun[], before: KnownBefore) =>
  [...planRuns(runs, before)].map(([path, { does }]) => [path, does]);

describe('whatever is declared and known', () => {
  test('each run has one answer, and what is in the registry is neither built nor rebased', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const planned = planRuns(runs, before);
        expect([...planned.keys()]).toEqual(runs.map(({ path }) => path));
        for (const { path, image } of runs)
          if (before.inRegistry.has(image)) expect(['nothing', 'find', 'refuse']).toContain(planned.get(path)?.does);
      }),
    );
  });

  test('what is refused has failed, has lost its layers, or waits for one that is refused', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const planned = planRuns(runs, before);
        for (const { path, run, layers = '', needs } of runs) {
          if (planned.get(path)?.does !== 'refuse') continue;
          const isLost = before.madeBefore.has(layers) && !before.inRegistry.has(layers);
          expect(before.failed.has(run) || isLost || needs.some((each) => planned.get(each)?.does === 'refuse')).toBe(true);
          expect(planned.get(path)?.because).not.toBe('');
        }
      }),
    );
  });

  test('nothing is done a second time: after it, all but what is refused is in the state', () => {
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const first = planRuns(runs, before);
        const done = runs.filter(({ path }) => first.get(path)?.does !== 'refuse');
        const after: KnownBefore = {
          ...before,
          inState: new Set([...before.inState, ...done.map(({ run }) => run)]),
          inRegistry: new Set([
            ...before.inRegistry,
            ...done.flatMap(({ image, layers }) => [image, ...(layers === undefined ? [] : [layers])]),
          ]),
        };
        const second = planRuns(runs, after);
        for (const { path } of done) expect(second.get(path)?.does).toBe('nothing');
      }),
    );
  });

  test('more in the registry never makes more work, and what does not concern a run changes nothing of it', () => {
    const work = { nothing: 0, find: 1, rebase: 2, build: 3, refuse: 4 } as const;
    fc.assert(
      fc.property(cases, ({ runs, before }) => {
        const whole = new Set(runs.flatMap(({ image, layers = '' }) => [image, layers]));
        const [less, more] = [planRuns(runs, before), planRuns(runs, { ...before, inRegistry: whole })];
        for (const { path } of runs)
          expect(work[more.get(path)?.does ?? 'refuse']).toBeLessThanOrEqual(work[less.get(path)?.does ?? 'nothing']);
        const stranger = { ...base, path: 'stranger', run: 'stranger-0', image: 'r/stranger:c' };
        expect(plan([...runs, stranger], before).slice(0, -1)).toEqual(plan(runs, before));
      }),
    );
  });
});

describe('the time of a plan', () => {
  const time = (what: Partial<KnownBefore>, seconds: Record<string, number | undefined>, parallel = 4) =>
    plannedTime(all, planRuns(all, known(what)), { secondsOf: ({ path }) => seconds[path], parallel });

  test('is that of the longest chain', () => {
    expect(time({}, { base: 60, builder: 30, web: 20 })).toEqual({ seconds: 110, unknown: [] });
  });
  test('leaves out a builder that is not waited for', () => {
    expect(time({ inRegistry: new Set(['r/web:c-0']) }, { base: 60, builder: 300, web: 20 }).seconds).toBe(360);
    expect(time({ inRegistry: new Set(['r/web:c-0']), inState: new Set(['builder-0']) }, { base: 60, web: 20 }).seconds).toBe(80);
  });
  test('is no less than all of it, so many at a time', () => {
    expect(time({ inRegistry: new Set(['r/web:c-0']) }, { base: 100, builder: 0, web: 20 }, 1).seconds).toBe(120);
  });
  test('says of what it knows nothing', () => {
    expect(time({}, { base: 60, web: 20 })).toEqual({ seconds: 80, unknown: ['builder'] });
  });
  test('is none when nothing is done', () => {
    expect(time({ inState: new Set(all.map(({ run }) => run)) }, {})).toEqual({ seconds: 0, unknown: [] });
  });
});
