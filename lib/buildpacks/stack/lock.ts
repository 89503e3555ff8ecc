import { contentHash } from '../../synth/content-hash';
import { type LockedPackages, notInLock, relock } from '../debian/locked-packages';
import { distroName, type Target } from '../target';
import type { StackLock } from './lock-file';

/** What of a stack its lock has to fit. */
export interface LockedStack {
  readonly name: string;
  readonly lock: StackLock;
  readonly packages: { readonly run: readonly string[]; readonly build: readonly string[] };
  readonly target: Target;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a stack stands on, as far as its lock goes. */
export interface LockedBelow {
  /** Names of the packages that the run image has from there, locked or known. */
  readonly packages: readonly string[];
  /** The exact packages of a base that we make; undefined for a stack, or for an image. */
  readonly base: LockedPackages | undefined;
}

/** What a lock says of a stack's declaration, to be compared with it. */
export function declaredAbi({
  target,
  environment,
}: Pick<LockedStack, 'target' | 'environment'>): Pick<StackLock['abi'], 'distro' | 'environment'> {
  return { distro: distroName(target), environment: { ...environment } };
}

/**
 * The packages that a declaration names and its lock lacks, and what else the lock does not fit.
 *
 * @returns a line a problem
 */
export function lockProblems(stack: LockedStack, below: LockedBelow): string[] {
  const { name, lock, packages } = stack;
  if (lock.stack !== name) return [`its lock is that of '${lock.stack}'; expected that of '${name}': readLock('${name}')`];
  if (lock.abi.distro === '') return [`it has never been locked; ${relock(name)}`];
  const run = new Set([...below.packages, ...Object.keys(lock.run)]);
  const missing = [
    ...packages.run.filter((each) => !run.has(each)),
    ...packages.build.filter((each) => !run.has(each) && !(each in lock.build)),
  ];
  const { distro, environment } = declaredAbi(stack);
  return [
    ...notInLock(missing, name),
    ...(contentHash({ distro, environment }) === contentHash({ distro: lock.abi.distro, environment: lock.abi.environment })
      ? []
      : [`the lock was made for ${lock.abi.distro}, or for other variables than \`environment\` declares; ${relock(name)}`]),
    ...baseProblems(lock, below),
    ...doubled(lock, below),
  ];
}

function baseProblems({ stack, base }: StackLock, below: LockedBelow): string[] {
  if (base === undefined || contentHash(base) === contentHash(below.base ?? {})) return [];
  return [
    `its lock says other packages of the base than the base that it stands on has; declare both with readLock('${stack}'), or ${relock(stack)}`,
  ];
}

/** A package that stands in two parts has two versions, of which a build can have one. */
function doubled({ stack, run, build }: StackLock, below: LockedBelow): string[] {
  const has = new Set(below.packages);
  const line = (name: string, where: string): string =>
    `the lock names package '${name}' again, which ${where} has; ${relock(stack)}`;
  return [
    ...Object.keys(run).flatMap((each) => (has.has(each) ? [line(each, 'what it stands on')] : [])),
    ...Object.keys(build).flatMap((each) => (has.has(each) || each in run ? [line(each, 'the run image')] : [])),
  ];
}
