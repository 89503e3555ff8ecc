import { z } from 'zod';
import { contentHash } from '../../synth/content-hash';
import { lockedPackagesSchema } from '../debian/locked-packages';
import { environmentOf, type Stack, targetOf } from './stack';

const lockSchema = z.strictObject({
  /** What programs built for the stack rely on: a change of it means another address, and so a rebuild instead of a rebase. */
  abi: z.strictObject({
    distro: z.string(),
    environment: z.record(z.string(), z.string()),
    /** Debian's word for the interface of a library in the run image: its name and version, as in `libssl 3`. */
    sonames: z.array(z.string()),
  }),
  /** The packages of the base; only where the stack stands on a base. */
  base: lockedPackagesSchema.optional(),
  /** What the run image has beyond what it stands on. */
  run: lockedPackagesSchema,
  /** What the build image has beyond the run image. */
  build: lockedPackagesSchema,
});

/** The exact packages of a stack's images: version and SHA-256 of each, and what of them programs rely on. */
export type StackLock = z.infer<typeof lockSchema>;

/** What a stack has before its first `csb lock`. */
export const EMPTY_LOCK: StackLock = { abi: { distro: '', environment: {}, sonames: [] }, run: {}, build: {} };

/**
 * A lock file's content.
 *
 * @throws Error naming the stack, every wrong key and what to do
 */
export function parseLock(name: string, content: unknown): StackLock {
  const parsed = lockSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  - ${path.join('.')}: ${message}`);
  throw new Error(`the lock of stack ${name} cannot be used; make it anew with \`npm run csb -- lock\`:\n${problems.join('\n')}`);
}

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
  const locked = new Set(inherited(stack));
  const missing = [...stack.packages.run, ...stack.packages.build].filter((each) => !locked.has(each));
  const { distro, environment } = declaredAbi(stack);
  return [
    ...missing.map((each) => `stack ${name}: package '${each}' is not in the lock; ${remedy}`),
    ...(contentHash({ distro, environment }) === contentHash({ distro: lock.abi.distro, environment: lock.abi.environment })
      ? []
      : [`stack ${name}: the lock was made for another distro or environment; ${remedy}`]),
  ];
}

function inherited({ lock, extends: parent }: Stack): string[] {
  const own = [lock.base ?? {}, lock.run, lock.build].flatMap((each) => Object.keys(each));
  return 'kind' in parent ? own : [...own, ...Object.keys(parent.lock.base ?? {}), ...inheritedRun(parent)];
}

function inheritedRun({ lock, extends: parent }: Stack): string[] {
  return [...Object.keys(lock.run), ...('kind' in parent ? [] : [...Object.keys(parent.lock.base ?? {}), ...inheritedRun(parent)])];
}
