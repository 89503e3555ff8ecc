import { writeFileSync } from 'node:fs';
import { declaredAbi } from '../lib/buildpacks/stack/lock';
import { parseLock, type StackLock } from '../lib/buildpacks/stack/lock-file';
import { contentHash } from '../lib/synth/content-hash';
import { RESOLVE_SCRIPT } from '../lib/buildpacks/stack/resolve-script';
import { isStack, Stack } from '../lib/buildpacks/stack/stack';
import type { Settings } from '../lib/settings/settings';
import { lockFile, readLock } from '../stacks/locks/read-lock';
import { declareEnvironment } from '../stacks/environment';
import { useClusterOf } from './pulumi-stack';
import { inToolbox } from './toolbox';

type Packages = StackLock['run'];
type Resolved = Record<string, { readonly packages: Packages; readonly sonames: readonly string[] }>;

/** The sets of packages of a stack's images, and which set each stands on. */
function setsOf({ name, below: parent, packages }: Stack): [string, object][] {
  const below = isStack(parent) ? `${parent.name}/run` : `${name}/base`;
  return [
    ...(isStack(parent) ? [] : ([[below, { parent: null, packages: parent.packages, sonames: false }]] as [string, object][])),
    [`${name}/run`, { parent: below, packages: packages.run, sonames: true }],
    [`${name}/build`, { parent: `${name}/run`, packages: packages.build, sonames: false }],
  ];
}

async function resolve(settings: Settings, suite: string, sets: object): Promise<Resolved> {
  const { mirror } = settings;
  const variables = { SUITE: suite, MIRROR: mirror.debian, SECURITY_MIRROR: mirror.security, SETS: JSON.stringify(sets) };
  return JSON.parse(await inToolbox(settings, `lock-${suite}`, RESOLVE_SCRIPT, variables)) as Resolved;
}

function found(resolved: Resolved, set: string): Resolved[string] {
  const packages = resolved[set];
  if (packages) return packages;
  throw new Error(`nothing was resolved for ${set}; its reason stands above`);
}

function lockOf(stack: Stack, resolved: Resolved): StackLock {
  const packages = (set: string): Packages => found(resolved, `${stack.name}/${set}`).packages;
  return parseLock(stack.name, {
    stack: stack.name,
    abi: { ...declaredAbi(stack), sonames: found(resolved, `${stack.name}/run`).sonames },
    ...(!isStack(stack.below) && stack.below.lock !== undefined && { base: packages('base') }),
    run: packages('run'),
    build: packages('build'),
  });
}

function changes(before: Packages, after: Packages): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [old, current] = [before[name]?.version, after[name]?.version];
    if (old === current) return [];
    return [
      `${name} ${old === undefined ? `new, ${current ?? ''}` : current === undefined ? `gone, was ${old}` : `${old} -> ${current}`}`,
    ];
  });
}

/** A stack that was renamed would get a lock which its declaration does not read. */
function mustReadItsOwn({ name, lock, node }: Stack): void {
  if (contentHash(readLock(name)) === contentHash(lock)) return;
  throw new Error(
    `${node.path} has another lock than stacks/locks/${name}.json, which is to be written; declare it with readLock('${name}')`,
  );
}

/** `csb lock`: writes stacks/locks/ anew, from what the environment's mirror has now. Its diff is reviewed like code. */
export async function lock(environment: string): Promise<void> {
  const settings = useClusterOf(environment);
  const stacks = Stack.allOf(declareEnvironment(environment, settings));
  for (const stack of stacks) mustReadItsOwn(stack);
  const suites = [...new Set(stacks.map((stack) => stack.suite))];
  for (const suite of suites) {
    const own = stacks.filter((stack) => stack.suite === suite);
    const resolved = await resolve(settings, suite, Object.fromEntries(own.flatMap(setsOf)));
    for (const stack of own) {
      const made = lockOf(stack, resolved);
      const moved = [
        ...changes(stack.lock.base ?? {}, made.base ?? {}),
        ...changes(stack.lock.run, made.run),
        ...changes(stack.lock.build, made.build),
      ];
      const isCompatible = contentHash(stack.lock.abi) === contentHash(made.abi);
      writeFileSync(lockFile(stack.name), `${JSON.stringify(made, null, 2)}\n`);
      console.log(`${stack.name}: ${moved.length === 0 ? 'nothing changed' : `${moved.length} packages changed`}`);
      for (const each of moved) console.log(`  ${each}`);
      if (!isCompatible) console.log('  its interface changed (libraries, environment or release): images will be rebuilt');
      else if (moved.length > 0) console.log('  images will be rebased');
    }
  }
  console.log('Now: npm run synth, review the diff, npm run csb -- up');
}
