import { z } from 'zod';
import { lockedPackagesSchema } from '../debian/locked-packages';

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
  throw new Error(`the lock of stack ${name} cannot be used:\n${problems.join('\n')}`);
}
