import type { UpResult } from '@pulumi/pulumi/automation';
import Table from 'cli-table3';
import { ATTEMPTS_VARIABLE, parseRunName } from '../lib/deploy/attempts';
import type { RunOutcome } from '../lib/deploy/run-outcome';
import { openStack, runsInState } from './pulumi-stack';

const show = (text: string): void => {
  process.stdout.write(text);
};
const quiet = { color: 'never', suppressOutputs: true, suppressProgress: true } as const;

/** `csb up`: what the declarations say becomes so; ends with a table of the runs and what they put into the registry. */
export async function up(environment: string): Promise<void> {
  const stack = await openStack(environment);
  report(await stack.up({ ...quiet, onOutput: show }));
}

/** `csb preview`: what `up` would do. */
export async function preview(environment: string): Promise<void> {
  const stack = await openStack(environment);
  await stack.preview({ ...quiet, onOutput: show });
}

/** `csb destroy`: nothing of the environment stays but the registry's content. */
export async function destroy(environment: string): Promise<void> {
  const stack = await openStack(environment);
  await stack.destroy({ ...quiet, onOutput: show });
}

/**
 * `csb retry <run>`: the same run again, as its next attempt.
 *
 * @param name - the run's name, with or without its attempt
 */
export async function retry(environment: string, name: string): Promise<void> {
  const stack = await openStack(environment);
  const runs = (await runsInState(stack)).flatMap((each) => parseRunName(each.name) ?? []);
  const found = runs.find(({ run, attempt }) => name === run || name === `${run}-${attempt}`);
  if (found === undefined) {
    const known = runs.map(({ run, attempt }) => `${run}-${attempt}`).join(', ') || 'none';
    throw new Error(`'${environment}' has no run '${name}'. It has: ${known}`);
  }
  process.env[ATTEMPTS_VARIABLE] = `${found.run}=${found.attempt + 1}`;
  report(await stack.up({ ...quiet, onOutput: show }));
}

function report({ summary, outputs }: UpResult): void {
  const changes = Object.entries(summary.resourceChanges ?? {}).filter(([operation, count]) => operation !== 'same' && count > 0);
  console.log(runTable((outputs['runs']?.value ?? {}) as Record<string, RunOutcome>));
  console.log(
    changes.length === 0
      ? 'Nothing changed.'
      : `Changed: ${changes.map(([operation, count]) => `${count} ${operation}d`).join(', ')}.`,
  );
}

function runTable(runs: Readonly<Record<string, RunOutcome>>): string {
  const table = new Table({ head: ['run', 'image', 'made', 'seconds'], style: { head: [], border: [] } });
  for (const { run, image, made, seconds } of Object.values(runs)) table.push([run, image.replace('@', '\n@'), made, seconds]);
  return table.toString();
}
