import { setTimeout as sleep } from 'node:timers/promises';
import { parseRunName } from '../lib/deploy/attempts';
import { Cluster } from '../lib/deploy/cluster';
import { declaredRunsOf } from '../lib/deploy/declared-runs';
import { ExpectedTimes } from '../lib/deploy/expected-times';
import { type DeclaredRun, MADE_BY, plannedTime, planRuns } from '../lib/deploy/planned-runs';
import { progressOf, type RunProgress } from '../lib/deploy/run-progress';
import { watchRuns } from '../lib/deploy/run-watch';
import { describeSynthesis } from '../lib/diff/described-object';
import { compareObjects } from '../lib/diff/environment-difference';
import { describeLive, readLive } from '../lib/diff/live-objects';
import { PlatformImage } from '../lib/images/platform-image';
import type { Settings } from '../lib/settings/settings';
import { FormerPaths } from '../lib/synth/aliases';
import { script } from '../lib/tekton/script';
import { aliases } from '../stacks/aliases';
import { declareEnvironment } from '../stacks/environment';
import { lockedSizes } from '../stacks/locks/locked-sizes';
import { synthesizeApp } from '../stacks/synthesize-environment';
import { parallelIn } from './engine-settings';
import { type PlanReport, runPlans } from './planned';
import { openStack, runsInState, useClusterOf } from './pulumi-stack';
import { renderPlan, renderPlanMarkdown } from './render-plan';
import { webserviceApi } from './restart';
import { inToolbox } from './toolbox';
import { webservicesOf } from './webservices';

export interface PlanOptions {
  readonly json: boolean;
  readonly markdown: boolean;
}

/** `csb plan`: what `up` would do for each image, why, how long it takes, what a node fetches of it, and who uses it. Changes nothing. */
export async function plan(environment: string, { json, markdown }: PlanOptions): Promise<void> {
  const report = await planOf(environment);
  console.log(json ? JSON.stringify(report, undefined, 2) : markdown ? renderPlanMarkdown(report) : renderPlan(report));
}

async function planOf(environment: string): Promise<PlanReport> {
  const settings = useClusterOf(environment);
  const app = declareEnvironment(environment, settings);
  const synthesis = synthesizeApp(app);
  const stack = await openStack(environment);
  const cluster = await Cluster.connect(settings.kubeContext);
  await cluster.mustBelongTo(environment);

  const runs = declaredRunsOf(synthesis.objects);
  const inState = new Set((await runsInState(stack)).map(({ run }) => run));
  const live = await liveRuns(settings);
  const failed = failedOf(live);
  const open = runs.filter(({ run }) => !inState.has(run) && !failed.has(run));
  const known = {
    ...{ inState, failed, inRegistry: await inRegistryOf(settings, open) },
    madeBefore: await cluster.madeBefore([settings.namespace]),
  };
  const planned = planRuns(runs, known);

  const times = new ExpectedTimes(live);
  const secondsOf = ({ run }: DeclaredRun, does: keyof typeof MADE_BY | 'nothing' | 'refuse'): number | undefined =>
    does === 'nothing' || does === 'refuse' ? undefined : times.ofMade(run, MADE_BY[does]);
  const declared = describeSynthesis(synthesis);
  const former = new FormerPaths(aliases);
  const there = describeLive(await readLive(cluster, declared, former));
  const difference = compareObjects(there, declared, { formerPaths: former, sizes: lockedSizes() });
  const webservices = await webservicesByPath(settings, PlatformImage.allOf(app), runs);
  return {
    environment,
    runs: runPlans(runs, { planned, difference, secondsOf, webservices }),
    time: plannedTime(runs, planned, { secondsOf, parallel: parallelIn(environment) }),
  };
}

/** The runs of the cluster with their tasks. */
async function liveRuns({ kubeContext, namespace }: Settings): Promise<readonly RunProgress[]> {
  const watch = await watchRuns(kubeContext, namespace, () => undefined);
  await sleep(0);
  const taskRuns = watch.taskRuns();
  const runs = watch.runs().map((each) => progressOf(each, taskRuns));
  watch.stop();
  return runs;
}

/** The runs whose last attempt failed, and what that said. */
function failedOf(live: readonly RunProgress[]): ReadonlyMap<string, string> {
  const last = new Map<string, { readonly attempt: number; readonly progress: RunProgress }>();
  for (const progress of live) {
    const { run, attempt } = parseRunName(progress.name) ?? { run: progress.name, attempt: 1 };
    if ((last.get(run)?.attempt ?? 0) < attempt) last.set(run, { attempt, progress });
  }
  return new Map(
    [...last].flatMap(([run, { progress }]) =>
      progress.state === 'failed' ? [[run, `it has failed and stays so: csb retry ${progress.name}`] as const] : [],
    ),
  );
}

/** Which of the references that these runs name the registry has. */
async function inRegistryOf(settings: Settings, runs: readonly DeclaredRun[]): Promise<ReadonlySet<string>> {
  const references = [...new Set(runs.flatMap(({ image, layers, builder }) => [image, layers ?? '', builder ?? '']))].filter(
    (each) => each !== '',
  );
  if (references.length === 0) return new Set();
  const variables = { REFERENCES: references.join('\n') };
  const work = { name: 'plan', script: script(__dirname, 'ask-references.sh'), asks: 'registry', variables } as const;
  return new Set((await inToolbox(settings, work)).split('\n').filter((each) => each !== ''));
}

async function webservicesByPath(
  settings: Settings,
  images: readonly PlatformImage[],
  runs: readonly DeclaredRun[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = await webservicesOf(
    await webserviceApi(settings.kubeContext),
    images.map((each) => each.public),
  );
  return new Map(
    runs.flatMap(({ path }) => {
      const image = images.find(({ node }) => path.startsWith(`${node.path}/`));
      const using = all.filter((each) => each.image === image?.public);
      return using.length === 0 ? [] : [[path, using.map(({ namespace, name }) => `${namespace}/${name}`)] as const];
    }),
  );
}
