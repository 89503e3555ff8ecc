import type { Stack, UpResult } from '@pulumi/pulumi/automation';
import Table from 'cli-table3';
import { type Attempt, ATTEMPTS_VARIABLE } from '../lib/deploy/attempts';
import { Cluster } from '../lib/deploy/cluster';
import type { OutputValues } from '../lib/deploy/outputs';
import type { RunOutcome } from '../lib/deploy/run-outcome';
import { readSettings } from '../lib/settings/settings';
import { FormerPaths } from '../lib/synth/aliases';
import { aliases } from '../stacks/aliases';
import { prepareState } from './prepare-state';
import { openStack, ROOT, runsInState, withLock } from './pulumi-stack';
import { shown } from './pulumi-words';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';

const show = (text: string): void => {
  process.stdout.write(text);
};
const quiet = { color: 'never', suppressOutputs: true, suppressProgress: true } as const;

/** `csb up`: what the declarations say becomes so; ends with a table of the runs and what they put into the registry. */
export async function up(environment: string): Promise<void> {
  const stack = await openStack(environment);
  report(await apply(stack));
}

/** `csb preview`: what `up` would do. */
export async function preview(environment: string): Promise<void> {
  const stack = await openStack(environment);
  await shown(stack.preview({ ...quiet, onOutput: show }));
}

/** `csb destroy`: nothing of the environment stays but the registry's content. */
export async function destroy(environment: string): Promise<void> {
  const stack = await openStack(environment);
  // `pulumi destroy` does not run the program, which looks at this for `up`.
  const cluster = await Cluster.connect(readSettings(ROOT, environment).kubeContext);
  await cluster.mustBelongTo(environment);
  await withLock(stack, () => shown(stack.destroy({ ...quiet, onOutput: show })));
}

/**
 * `csb retry <run>`: the same run again, as its next attempt.
 *
 * @param name - the run's name, with or without its attempt
 */
export async function retry(environment: string, name: string): Promise<void> {
  const stack = await openStack(environment);
  const runs = await runsInState(stack);
  const found = runs.find(({ run, attempt }) => name === run || name === `${run}-${attempt}`);
  if (found === undefined) {
    const known = runs.map(({ run, attempt }) => `${run}-${attempt}`).join(', ') || 'none yet; `up` makes them';
    throw new Error(`'${environment}' has no run '${name}'. It has: ${known}`);
  }
  await upAgain(stack, [found]);
}

/** `up` with the next attempt of each of these runs. */
export async function upAgain(stack: Stack, runs: readonly Attempt[]): Promise<void> {
  process.env[ATTEMPTS_VARIABLE] = runs.map(({ run, attempt }) => `${run}=${attempt + 1}`).join(',');
  report(await apply(stack));
}

function apply(stack: Stack): Promise<UpResult> {
  const settings = readSettings(ROOT, stack.name);
  const { objects } = synthesizeEnvironment(stack.name, settings);
  return withLock(stack, async () => {
    const cluster = await Cluster.connect(settings.kubeContext);
    await cluster.mustBelongTo(stack.name);
    await prepareState(stack, objects, new FormerPaths(aliases), cluster);
    return shown(stack.up({ ...quiet, onOutput: show }));
  });
}

/** What Pulumi calls its operations, as people say them. The other steps of a replacement are part of it. */
const DONE: Readonly<Record<string, string>> = { create: 'created', update: 'updated', delete: 'deleted', replace: 'replaced' };

function report({ summary, outputs }: UpResult): void {
  const changes = Object.entries(summary.resourceChanges ?? {}).filter(([operation, count]) => operation !== 'same' && count > 0);
  console.log(runTable((outputs['runs']?.value ?? {}) as OutputValues['runs']));
  const counted = changes.flatMap(([operation, count]) => (DONE[operation] === undefined ? [] : `${count} ${DONE[operation]}`));
  console.log(changes.length === 0 ? 'Nothing changed.' : `Changed: ${counted.join(', ')}.`);
}

function runTable(runs: Readonly<Record<string, RunOutcome>>): string {
  const table = new Table({ head: ['run', 'image', 'made', 'seconds'], style: { head: [], border: [] } });
  for (const { run, image, made, seconds } of Object.values(runs)) table.push([run, image.replace('@', '\n@'), made, seconds]);
  return table.toString();
}
