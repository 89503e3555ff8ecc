import { contentHash } from '../../synth/content-hash';
import type { Target } from '../target';
import type { StackLock } from './lock-file';

/** What of a stack its lock has to fit. */
export interface LockedStack {
  readonly lock: StackLock;
  readonly packages: { readonly run: readonly string[]; readonly build: readonly string[] };
  /** All packages of the run image that the locks of the stack and of those below it name. */
  readonly lockedRunPackages: readonly string[];
  readonly target: Target;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a lock says of a stack's declaration, to be compared with it. */
export function declaredAbi({
  target,
  environment,
}: Pick<LockedStack, 'target' | 'environment'>): Pick<StackLock['abi'], 'distro' | 'environment'> {
  return { distro: `${target.distro.name} ${target.distro.version}`, environment: { ...environment } };
}

/**
 * The packages that a declaration names and its lock lacks, and what else the lock does not fit.
 *
 * @param below - the packages of the base that the stack stands on; those of an image are its maker's, and in no lock
 * @returns a line a problem
 */
export function lockProblems(
  stack: LockedStack,
  below: { readonly packages: readonly string[]; readonly isLocked: boolean },
): string[] {
  const { lock, packages } = stack;
  const remedy = 'run `npm run csb -- lock` and review its diff';
  const named = [...(below.isLocked ? below.packages : []), ...packages.run, ...packages.build];
  const known = new Set([...stack.lockedRunPackages, ...Object.keys(lock.build), ...(below.isLocked ? [] : below.packages)]);
  const missing = named.filter((each) => !known.has(each));
  const { distro, environment } = declaredAbi(stack);
  return [
    ...missing.map((each) => `package '${each}' is not in the lock; ${remedy}`),
    ...(contentHash({ distro, environment }) === contentHash({ distro: lock.abi.distro, environment: lock.abi.environment })
      ? []
      : [`the lock was made for ${lock.abi.distro || 'nothing'}, or for another environment than is declared; ${remedy}`]),
  ];
}
