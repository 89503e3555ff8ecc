import { writeFileSync } from 'node:fs';
import { declaredAbi } from '../lib/buildpacks/stack/lock';
import { type LockFile, parseLock, withoutSizes } from '../lib/buildpacks/stack/lock-file';
import { extendPlan } from '../lib/buildpacks/layers/extend-plan';
import { imagesOfRelease } from '../lib/buildpacks/layers/images-of-release';
import type { PlannedImage } from '../lib/buildpacks/layers/planned-image';
import { RELEASED } from '../lib/buildpacks/layers/update-rate';
import { contentHash } from '../lib/synth/content-hash';
import { RESOLVE_SCRIPT } from '../lib/buildpacks/stack/resolve-script';
import { isStack, Stack } from '../lib/buildpacks/stack/stack';
import type { Suite } from '../lib/buildpacks/target';
import type { Settings } from '../lib/settings/settings';
import { readLayerPlan } from '../stacks/locks/read-layer-plan';
import { lockFile, readLock } from '../stacks/locks/read-lock';
import { declareEnvironment } from '../stacks/environment';
import { describeChange, type PlanChange, writePlan } from './layer-plans';
import { knownPackages, today, unknownLines } from './package-facts';
import { type Relocked, renderRelocked } from './lock-changes';
import { fallbacksOf, lockFailure, parseResolved, type Resolved, setsOf } from './lock-sets';
import { useClusterOf } from './pulumi-stack';
import { inToolbox } from './toolbox';

/** What the mirror has now for stacks of a release, and what it says of packages that others are known to have. */
async function resolve(settings: Settings, suite: Suite, stacks: readonly Stack[], others: readonly string[]): Promise<Resolved> {
  const { mirror } = settings;
  const asked = {
    ...{ SETS: JSON.stringify(setsOf(stacks)), FALLBACKS: JSON.stringify(fallbacksOf(stacks)) },
    ...{ PLANNED: others.join(' '), SINCE: RELEASED[suite] },
  };
  const variables = { SUITE: suite, MIRROR: mirror.debian, SECURITY_MIRROR: mirror.security, ...asked };
  const work = { name: `lock-${suite}`, script: RESOLVE_SCRIPT, variables, asks: 'mirror' } as const;
  const resolved = parseResolved(await inToolbox(settings, work));
  if (resolved.problems.length > 0)
    throw new Error(lockFailure(resolved.problems, suite, [...new Set([mirror.debian, mirror.security])]));
  return resolved;
}

function found(resolved: Resolved['sets'], set: string): Resolved['sets'][string] {
  const packages = resolved[set];
  if (packages) return packages;
  throw new Error(`nothing was resolved for ${set}; its reason stands above`);
}

function lockOf(stack: Stack, resolved: Resolved['sets']): LockFile {
  const packages = (set: string): LockFile['run'] => found(resolved, `${stack.name}/${set}`).packages;
  return parseLock(stack.name, {
    stack: stack.name,
    abi: { ...declaredAbi(stack), sonames: found(resolved, `${stack.name}/run`).sonames },
    ...(!isStack(stack.below) && stack.below.lock !== undefined && { base: packages('base') }),
    run: packages('run'),
    build: packages('build'),
  });
}

/** From where the packages of a stack come. */
function originsOf({ name }: Stack, resolved: Resolved['sets']): Relocked['origins'] {
  const own = ['base', 'run', 'build'].map((set) => resolved[`${name}/${set}`]?.origins ?? {});
  return Object.fromEntries(own.flatMap(Object.entries<readonly string[]>));
}

/** A stack that was renamed would get a lock which its declaration does not read. */
function mustReadItsOwn({ name, lock, node }: Stack): void {
  if (contentHash(readLock(name)) === contentHash(lock)) return;
  throw new Error(
    `${node.path} has another lock than stacks/locks/${name}.json, which is to be written; declare it with readLock('${name}')`,
  );
}

/** The stacks of these names; all when none is named. */
function stacksOf(all: readonly Stack[], names: readonly string[]): readonly Stack[] {
  const unknown = names.filter((name) => !all.some((stack) => stack.name === name));
  if (unknown.length > 0)
    throw new Error(
      `there is no stack ${unknown.map((each) => `'${each}'`).join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}`,
    );
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/**
 * `csb lock [stack...]`: writes the locks of these stacks anew, or of all, from what the environment's mirror has now; its diff is reviewed like
 * code. What they stand on stays as its own lock has it. When one cannot be locked, none is written. The layer plans of their releases are
 * extended by packages that are new; what that costs is said first.
 */
export async function lock(environment: string, names: readonly string[]): Promise<void> {
  const settings = useClusterOf(environment);
  // Locks are of the declarations, whichever families this environment has.
  const whole = declareEnvironment(environment, { ...settings, families: ['all'] });
  const all = Stack.allOf(whole);
  const stacks = stacksOf(all, names);
  for (const stack of stacks) mustReadItsOwn(stack);
  const made = new Map<Stack, LockFile>();
  const relocked: Relocked[] = [];
  const plans: PlanChange[] = [];
  for (const suite of new Set(stacks.map((stack) => stack.suite))) {
    const own = stacks.filter((stack) => stack.suite === suite);
    const before = { plan: readLayerPlan(suite), images: imagesOfRelease(all, suite) };
    const resolved = await resolve(settings, suite, own, namesOf(before.images));
    for (const stack of own) {
      const after = lockOf(stack, resolved.sets);
      made.set(stack, after);
      relocked.push({ name: stack.name, before: stack.lock, after, origins: originsOf(stack, resolved.sets) });
    }
    const images = imagesOfRelease(all, suite, (stack) => {
      const own = made.get(stack);
      return own === undefined ? stack.lock : withoutSizes(own);
    });
    const names = namesOf([...before.images, ...images]);
    const { facts, unknown } = knownPackages(names, resolved, { suite, today: today() });
    for (const line of unknownLines(unknown)) console.log(line);
    plans.push({ suite, before, after: { plan: extendPlan(before.plan, images, facts), images }, facts });
  }
  for (const change of plans) for (const line of describeChange(change)) console.log(line);
  for (const [{ name }, each] of made) writeFileSync(lockFile(name), `${JSON.stringify(each, null, 2)}\n`);
  for (const line of renderRelocked(relocked)) console.log(line);
  for (const { suite, after } of plans) writePlan(suite, after.plan);
}

const namesOf = (images: readonly PlannedImage[]): string[] => [...new Set(images.flatMap(({ packages }) => packages))].sort();
