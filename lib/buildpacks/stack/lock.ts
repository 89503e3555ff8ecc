import { contentHash } from '../../synth/content-hash';
import type { StackLock } from './lock-file';
import { environmentOf, type Stack, targetOf } from './stack';

/** The part of an address that says which images a layer can be put on: target, environment and shared libraries. */
export function abiHash(stack: Stack): string {
  return contentHash(stack.lock.abi);
}

/** What a lock says of a stack's declaration, to be compared with it. */
export function declaredAbi(stack: Omit<Stack, 'lock'>): Pick<StackLock['abi'], 'distro' | 'environment'> {
  const { distro } = targetOf(stack as Stack);
  return { distro: `${distro.name} ${distro.version}`, environment: environmentOf(stack as Stack) };
}

/**
 * The packages that a declaration names and its lock lacks, and what else the lock does not fit.
 *
 * @returns a line a problem
 */
export function lockProblems(stack: Stack): string[] {
  const { lock, name } = stack;
  const remedy = 'run `npm run csb -- lock` and review its diff';
  const locked = new Set(lockedNames(stack));
  const ofBase = 'kind' in stack.extends ? stack.extends.packages : [];
  const missing = [...ofBase, ...stack.packages.run, ...stack.packages.build].filter((each) => !locked.has(each));
  const { distro, environment } = declaredAbi(stack);
  return [
    ...missing.map((each) => `stack ${name}: package '${each}' is not in the lock; ${remedy}`),
    ...(contentHash({ distro, environment }) === contentHash({ distro: lock.abi.distro, environment: lock.abi.environment })
      ? []
      : [`stack ${name}: the lock was made for another distro or environment; ${remedy}`]),
  ];
}

function lockedNames({ lock, extends: parent }: Stack): string[] {
  const own = [lock.base ?? {}, lock.run, lock.build].flatMap((each) => Object.keys(each));
  return 'kind' in parent ? own : [...own, ...Object.keys(parent.lock.base ?? {}), ...inheritedRun(parent)];
}

function inheritedRun({ lock, extends: parent }: Stack): string[] {
  return [
    ...Object.keys(lock.run),
    ...('kind' in parent ? [] : [...Object.keys(parent.lock.base ?? {}), ...inheritedRun(parent)]),
  ];
}
