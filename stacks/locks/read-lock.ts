import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { emptyLock, type LockFile, parseLock, type StackLock, withoutSizes } from '../../lib/buildpacks/stack/lock-file';

/** Where the lock of a stack is committed. */
export function lockFile(name: string): string {
  return join(__dirname, `${name}.json`);
}

/**
 * The committed lock of a stack; empty for one that has never been locked, which synthesis then says.
 *
 * @throws Error for a file that is no lock, naming it and what to do
 */
export function readLock(name: string): StackLock {
  return existsSync(lockFile(name)) ? withoutSizes(readLockFile(name)) : emptyLock(name);
}

/**
 * A committed lock with the sizes of its packages.
 *
 * @throws Error for a file that is no lock, naming it and what to do
 */
export function readLockFile(name: string): LockFile {
  const file = lockFile(name);
  const shown = relative(join(__dirname, '../..'), file);
  const content = readFileSync(file, 'utf8');
  try {
    return parseLock(name, JSON.parse(content));
  } catch (error) {
    throw new Error(
      `${shown}: ${(error as Error).message}\nTake back the committed one (git checkout -- ${shown}), or remove the file and lock anew: ` +
        `npm run csb -- lock ${name}`,
      { cause: error },
    );
  }
}
