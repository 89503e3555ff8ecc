import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { emptyLock, parseLock, type StackLock } from '../../lib/buildpacks/stack/lock-file';

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
  const file = lockFile(name);
  if (!existsSync(file)) return emptyLock(name);
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
