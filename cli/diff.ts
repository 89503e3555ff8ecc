import { compareObjects, type EnvironmentDifference } from '../lib/diff/environment-difference';
import type { DescribedObject } from '../lib/diff/described-object';
import { renderDifference } from '../lib/diff/render-difference';
import { FormerPaths } from '../lib/synth/aliases';
import { environments } from '../lib/settings/settings';
import { CLUSTER, declaredNow, environmentsAt, liveOf, synthesizedAt, WORKING } from './diff-side';
import { aliases } from '../stacks/aliases';
import { lockedSizes } from '../stacks/locks/locked-sizes';
import { ROOT } from './pulumi-stack';

export interface DiffOptions {
  readonly json: boolean;
  readonly exitCode: boolean;
}

/** What `diff --json` writes. */
export interface DiffReport {
  readonly from: string;
  readonly to: string;
  /** The environments that differ, by name. */
  readonly environments: Readonly<Record<string, EnvironmentDifference>>;
}

/**
 * `npm run diff -- [from] [to]`: what differs between two sides, and which images that rebuilds or rebases.
 *
 * @param environment - undefined for all of them; against a cluster then `local`
 * @param from - a git revision, `working` or `cluster`
 * @param to - the same
 * @returns the exit code: 1 when something differs and `exitCode` asks for it
 */
export async function diff(environment: string | undefined, from: string, to: string, options: DiffOptions): Promise<0 | 1> {
  if (from === CLUSTER && to === CLUSTER)
    throw new Error(`diff: both sides are '${CLUSTER}'; one of them has to say what is declared: '${WORKING}' or a git revision`);
  const compared = await environmentsOf(environment, from, to);
  const found: Record<string, EnvironmentDifference> = {};
  for (const name of compared) {
    const difference = await compareSides(name, from, to);
    if (difference.objects.length > 0) found[name] = difference;
  }
  console.log(
    options.json ? JSON.stringify({ from, to, environments: found } satisfies DiffReport, undefined, 2) : render(found),
  );
  return options.exitCode && Object.keys(found).length > 0 ? 1 : 0;
}

async function environmentsOf(environment: string | undefined, from: string, to: string): Promise<string[]> {
  const sides = [from, to];
  if (environment !== undefined) {
    const known = await knownTo(sides);
    if (!known.includes(environment))
      throw new Error(`diff: no environment '${environment}' on either side. Known: ${known.join(', ')}`);
    return [environment];
  }
  return sides.includes(CLUSTER) ? ['local'] : knownTo(sides);
}

async function knownTo(sides: readonly string[]): Promise<string[]> {
  const names = sides.map(async (side) => {
    if (side === CLUSTER) return [];
    return side === WORKING ? environments(ROOT) : await environmentsAt(side);
  });
  return [...new Set((await Promise.all(names)).flat())].sort();
}

async function compareSides(environment: string, from: string, to: string): Promise<EnvironmentDifference> {
  // What was made before has sizes of today's locks: near enough, and all that dist/ of a revision lacks.
  const known = { sizes: lockedSizes() };
  if (from === CLUSTER) {
    const declared = await declaredBy(environment, to);
    return compareObjects(await liveOf(environment, declared), declared, { ...known, formerPaths: aliasesOf(to) });
  }
  const declared = await declaredBy(environment, from);
  if (to === CLUSTER) return compareObjects(declared, await liveOf(environment, declared), known);
  return compareObjects(declared, await declaredBy(environment, to), { ...known, formerPaths: aliasesOf(to) });
}

async function declaredBy(environment: string, side: string): Promise<DescribedObject[]> {
  if (side !== WORKING) return synthesizedAt(side, environment);
  return environments(ROOT).includes(environment) ? declaredNow(environment) : [];
}

/** What the constructs of a side were called before; a git revision's table is code, which is not run. */
function aliasesOf(side: string): FormerPaths | undefined {
  return side === WORKING ? new FormerPaths(aliases) : undefined;
}

function render(found: DiffReport['environments']): string {
  const entries = Object.entries(found);
  if (entries.length === 0) return 'No difference.';
  return entries.map(([name, difference]) => `== ${name} ==\n\n${renderDifference(difference)}`).join('\n\n');
}
