import { z } from 'zod';
import { type LockedPackages, sizedPackagesSchema, unsized } from '../debian/locked-packages';
import { VARIABLE } from '../specification/forms';

// Debian's word for the interface of a library, as in shlibs files: https://www.debian.org/doc/debian-policy/ch-sharedlibs.html#the-shlibs-system
const soname = z.string().regex(/^\S+ \S+$/, "a library's name and the version of its interface, such as 'libssl 3'");

const lockSchema = z.strictObject({
  /** The stack that it was made for. */
  stack: z.string(),
  /** What programs built for the stack rely on: a change of it means another address, and so a rebuild instead of a rebase. */
  abi: z.strictObject({
    distro: z.string(),
    environment: z.record(z.string().regex(VARIABLE, 'the name of a variable'), z.string()),
    /** Debian's word for the interface of a library in the run image: its name and version, as in `libssl 3`. */
    sonames: z.array(soname).min(1, 'at least the C library').superRefine(eachOnce),
  }),
  /** The packages of the base; only where the stack stands on a base. */
  base: sizedPackagesSchema.optional(),
  /** What the run image has beyond what it stands on. */
  run: sizedPackagesSchema,
  /** What the build image has beyond the run image. */
  build: sizedPackagesSchema,
});

function eachOnce(sonames: readonly string[], context: z.core.$RefinementCtx): void {
  const twice = sonames.filter((each, i) => sonames.indexOf(each) < i);
  for (const each of new Set(twice)) context.addIssue({ code: 'custom', message: `'${each}' stands twice` });
}

/** A lock as it is committed: with the sizes of packages, from which `csb diff` tells what a node fetches. */
export type LockFile = z.infer<typeof lockSchema>;

/** The exact packages of a stack's images: version and SHA-256 of each, and what of them programs rely on. */
export interface StackLock extends Pick<LockFile, 'stack' | 'abi'> {
  readonly base?: LockedPackages | undefined;
  readonly run: LockedPackages;
  readonly build: LockedPackages;
}

/** What of a lock decides what is made. */
export function withoutSizes({ stack, abi, base, run, build }: LockFile): StackLock {
  return { stack, abi, ...(base && { base: unsized(base) }), run: unsized(run), build: unsized(build) };
}

/** What a stack has before its first `csb lock`. */
export function emptyLock(stack: string): StackLock {
  return { stack, abi: { distro: '', environment: {}, sonames: [] }, run: {}, build: {} };
}

/**
 * A lock file's content.
 *
 * @throws Error naming the stack, every wrong key and what to do
 */
export function parseLock(name: string, content: unknown): LockFile {
  const parsed = lockSchema.safeParse(content);
  const problems = parsed.success
    ? otherStack(name, parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  if (parsed.success && problems.length === 0) return parsed.data;
  const lines = problems.map((each) => `  - ${each}`).join('\n');
  throw new Error(`the lock of stack ${name} cannot be used:\n${lines}`);
}

function otherStack(name: string, { stack }: LockFile): string[] {
  return stack === name ? [] : [`stack: it is the lock of '${stack}'; expected '${name}'`];
}
