import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyLock, parseLock, type StackLock } from '../../lib/buildpacks/stack/lock-file';

/** Where the lock of a stack is committed. */
export function lockFile(name: string): string {
  return join(__dirname, `${name}.json`);
}

/** The committed lock of a stack; empty for one that has never been locked, which synthesis then says. */
export function readLock(name: string): StackLock {
  const file = lockFile(name);
  if (!existsSync(file)) return emptyLock(name);
  try {
    return parseLock(name, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
