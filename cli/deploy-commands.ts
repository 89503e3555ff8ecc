import type { Stack } from '@pulumi/pulumi/automation';
import { type Attempt, ATTEMPTS_VARIABLE, nextAttempts } from '../lib/deploy/attempts';
import { Cluster } from '../lib/deploy/cluster';
import { RUNS } from '../lib/deploy/run-history';
import { readSettings, type Settings } from '../lib/settings/settings';
import { FormerPaths } from '../lib/synth/aliases';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { aliases } from '../stacks/aliases';
import { parallelIn } from './engine-settings';
import { prepareState } from './prepare-state';
import { exportedState, openStack, ROOT, runsInState, withLock } from './pulumi-stack';
import { shown } from './pulumi-words';
import { standingsOf } from './standings';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { viewed } from './view/viewed';

/** How a command shows what it does. */
export interface ShowOptions {
  /** As data: a line for each ViewEvent of cli/view/event.ts. */
  readonly json: boolean;
}

/**
 * `csb up`: what the declarations say becomes so. Each run is shown with what it has put into the registry. One that failed since something outside
 * ended it is made again.
 */
export async function up(environment: string, options: ShowOptions): Promise<void> {
  await apply('up', await openStack(environment), options);
}

/** `csb preview`: what `up` would do, in Pulumi's words. */
export async function preview(environment: string): Promise<void> {
  const stack = await openStack(environment);
  const settings = readSettings(ROOT, environment);
  const cluster = await Cluster.connect(settings.kubeContext);
  await cluster.mustBelongTo(environment);
  const { objects } = synthesizeEnvironment(environment, settings);
  const again = await chooseAttempts(stack, { settings, objects, cluster });
  if (again !== '') console.error(again);
  const onOutput = (text: string): void => {
    process.stdout.write(text);
  };
  await shown(stack.preview({ color: 'never', suppressOutputs: true, suppressProgress: true, onOutput }));
}

/** `csb destroy`: nothing of the environment stays but the registry's content. */
export async function destroy(environment: string, { json }: ShowOptions): Promise<void> {
  const stack = await openStack(environment);
  const settings = readSettings(ROOT, environment);
  // `pulumi destroy` does not run the program, which looks at this for `up`.
  const cluster = await Cluster.connect(settings.kubeContext);
  await cluster.mustBelongTo(environment);
  const view = { command: 'destroy', environment, settings, objects: [], cluster, json };
  answer(await withLock(stack, () => viewed(view, (engine) => stack.destroy(engine))));
}

/**
 * `csb retry <run>`: the same run again, as its next attempt.
 *
 * @param name - the run's name, with or without its attempt
 */
export async function retry(environment: string, name: string, options: ShowOptions): Promise<void> {
  const stack = await openStack(environment);
  const runs = await runsInState(stack);
  const found = runs.find(({ run, attempt }) => name === run || name === `${run}-${attempt}`);
  if (found === undefined) {
    const known = runs.map(({ run, attempt }) => `${run}-${attempt}`).join(', ') || 'none yet; `up` makes them';
    throw new Error(`'${environment}' has no run '${name}'. It has: ${known}`);
  }
  await upAgain('retry', stack, [found], options);
}

/** `up` with the next attempt of each of these runs. */
export async function upAgain(command: string, stack: Stack, runs: readonly Attempt[], options: ShowOptions): Promise<void> {
  await apply(command, stack, options, runs);
}

async function apply(command: string, stack: Stack, { json }: ShowOptions, asked: readonly Attempt[] = []): Promise<void> {
  const environment = stack.name;
  const settings = readSettings(ROOT, environment);
  const { objects } = synthesizeEnvironment(environment, settings);
  let told = '';
  const succeeded = await withLock(stack, async () => {
    const cluster = await Cluster.connect(settings.kubeContext);
    await cluster.mustBelongTo(environment);
    await prepareState(stack, objects, new FormerPaths(aliases), cluster);
    const again = await chooseAttempts(stack, { settings, objects, cluster }, asked);
    if (again !== '' && again !== told) console.error(again);
    told = again;
    return viewed({ command, environment, settings, objects, cluster, json }, (engine) =>
      stack.up({ ...engine, parallel: parallelIn(environment) }),
    );
  });
  answer(succeeded);
}

interface Deployed {
  readonly settings: Settings;
  readonly objects: readonly SynthesizedObject[];
  readonly cluster: Cluster;
}

/**
 * Tells the Pulumi program which attempts are wanted: those that are asked for, and the next ones of those that something outside ended.
 *
 * @returns the latter, in words
 */
async function chooseAttempts(
  stack: Stack,
  { settings, objects, cluster }: Deployed,
  asked: readonly Attempt[] = [],
): Promise<string> {
  const live = await cluster.list(RUNS, settings.namespace);
  const { again } = await standingsOf(objects, await exportedState(stack), live, cluster);
  process.env[ATTEMPTS_VARIABLE] = nextAttempts([...asked, ...again]);
  return again
    .map(({ run, attempt, why }) => `${run}-${attempt} was ended from outside, and is to be made again: ${why}`)
    .join('\n');
}

function answer(succeeded: boolean): void {
  if (!succeeded) process.exitCode = 1; // the reason has been shown
}
