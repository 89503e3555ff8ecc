import { type DeclaredRun, type Doing, planRuns, plannedTime, publicOf, resultOf } from '../lib/deploy/planned-runs';
import { declaredRunsOf } from '../lib/deploy/declared-runs';
import { ExpectedTimes } from '../lib/deploy/expected-times';
import { lastingOf, laterOf } from '../lib/deploy/later';
import { RUNS } from '../lib/deploy/run-history';
import { madeBy } from '../lib/deploy/run-outcome';
import { type LiveRun, progressOf } from '../lib/deploy/run-progress';
import { describeSynthesis } from '../lib/diff/described-object';
import { compareObjects } from '../lib/diff/environment-difference';
import { describeLive, readLive } from '../lib/diff/live-objects';
import type { Settings } from '../lib/settings/settings';
import { FormerPaths } from '../lib/synth/aliases';
import { script } from '../lib/tekton/script';
import { aliases } from '../stacks/aliases';
import { lockedSizes } from '../stacks/locks/locked-sizes';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { clusterOf } from './diff-side';
import { parallelIn } from './engine-settings';
import { type PlanReport, runPlans } from './plan-report';
import { mustNotDelete } from './prepare-state';
import { exportedState, openStack, useClusterOf } from './pulumi-stack';
import { renderPlan, renderPlanMarkdown } from './render-plan';
import { askStandingImages } from './standing-images';
import { standingsOf } from './standings';
import { inToolbox } from './toolbox';
import { webserviceApi, webservicesOf } from './webservices';

export interface PlanOptions {
  readonly json: boolean;
  readonly markdown: boolean;
}

/**
 * `csb plan`: what `up` would do for each image, why, how long it takes, what a node fetches of it, and who uses it. Nothing that is deployed
 * changes.
 *
 * @returns the exit code: 1 when `up` would refuse a run, and so end there
 * @throws Error for what makes `up` do nothing at all, in the same words
 */
export async function plan(environment: string, { json, markdown }: PlanOptions): Promise<0 | 1> {
  if (json && markdown) throw new Error('say --json or --markdown, not both');
  const report = await planOf(environment);
  console.log(json ? JSON.stringify(report, undefined, 2) : markdown ? renderPlanMarkdown(report) : renderPlan(report));
  return report.runs.some(({ does }) => does === 'refuse') ? 1 : 0;
}

async function planOf(environment: string): Promise<PlanReport> {
  const settings = useClusterOf(environment);
  const synthesis = synthesizeEnvironment(environment, settings);
  const former = new FormerPaths(aliases);
  const state = await exportedState(await openStack(environment));
  const cluster = await clusterOf(environment);
  mustNotDelete(state, synthesis.objects, former);
  await cluster.mustNotTakeOver(synthesis.objects, former);

  const runs = declaredRunsOf(synthesis.objects);
  const live = await cluster.list(RUNS, settings.namespace);
  const progress = live.map((each) => progressOf(each as unknown as LiveRun, []));
  const { known: standings, again } = await standingsOf(synthesis.objects, state, live, cluster);
  const open = runs.filter(({ run }) => standings.get(run) === undefined);
  const endedBy = new Map(again.map((each) => [each.run, each.why]));
  // A later attempt believes nothing of what was made before (adapter.ts).
  const anew = runs.flatMap((each) => ('layers' in each && endedBy.has(each.run) ? (each.layers ?? []) : []));
  const madeBefore = new Set([...madeBy(live)].filter((each) => !anew.includes(each)));
  const later = laterOf(synthesis.objects, (each) => lastingOf(each, madeBefore)?.from ?? []);
  const planned = planRuns(runs, {
    standings,
    inRegistry: await inRegistryOf(settings, open, runs),
    elsewhere: await elsewhereOf(settings, open),
    madeBefore,
    later: new Set([...later].map(({ path }) => path)),
  });

  const times = new ExpectedTimes(progress);
  const byPath = new Map(runs.map((each) => [each.path, each]));
  const secondsOf = (path: string, does: Doing): number | undefined => {
    const made = resultOf(does);
    return made === undefined ? undefined : times.ofMade(byPath.get(path)?.run ?? '', made);
  };
  const declared = describeSynthesis(synthesis);
  const there = describeLive(await readLive(cluster, declared, former));
  const difference = compareObjects(there, declared, { formerPaths: former, sizes: lockedSizes() });
  return {
    environment,
    runs: runPlans(runs, {
      planned,
      again: endedBy,
      difference,
      secondsOf,
      webservices: await webservicesByPath(settings, runs),
    }),
    time: plannedTime(planned, { secondsOf, parallel: parallelIn(environment) }),
  };
}

/** Which of the references that open runs name, and of those that they are made from, the registry has. */
async function inRegistryOf(
  settings: Settings,
  open: readonly DeclaredRun[],
  all: readonly DeclaredRun[],
): Promise<ReadonlySet<string>> {
  const below = new Set(open.flatMap(({ needs }) => needs));
  const named = [
    ...open.flatMap((run) => ('followed' in run ? [run.runImage] : [run.image, run.layers, run.builder, run.runImage])),
    ...all.flatMap((run) => (below.has(run.path) && 'image' in run ? [run.image] : [])),
  ];
  const references = [...new Set(named.filter((each) => each !== undefined))];
  if (references.length === 0) return new Set();
  const variables = { REFERENCES: references.join('\n') };
  const work = { name: 'plan', script: script(__dirname, 'ask-references.sh'), asks: 'registry', variables } as const;
  return new Set((await inToolbox(settings, work)).split('\n').filter((each) => each !== ''));
}

/**
 * Of what follows branches, and open runs are to rebase, what is public on another run image. What a rollback holds there is among it: whether it does,
 * the history of each image says, which the run looks at.
 */
async function elsewhereOf(settings: Settings, open: readonly DeclaredRun[]): Promise<ReadonlySet<string>> {
  const followed = open.flatMap((run) =>
    'followed' in run ? run.followed.map((image) => ({ image, runImage: run.runImage })) : [],
  );
  const asked = [...(await askStandingImages(settings, followed))];
  return new Set(asked.flatMap(([image, { digest, stands }]) => (digest === '' || stands ? [] : [image])));
}

async function webservicesByPath(
  { kubeContext }: Settings,
  runs: readonly DeclaredRun[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = await webservicesOf(await webserviceApi(kubeContext), runs.flatMap(publicOf));
  return new Map(
    runs.flatMap((run) => {
      const tags = publicOf(run);
      const using = all.filter(({ image }) => tags.includes(image)).map(({ namespace, name }) => `${namespace}/${name}`);
      return using.length === 0 ? [] : [[run.path, using] as const];
    }),
  );
}
