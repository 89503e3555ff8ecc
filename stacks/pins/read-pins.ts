import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePins, type Pins } from '../../lib/registry/pins';

/** Where the pins of an environment are committed. */
export function pinsFile(environment: string): string {
  return `stacks/pins/${environment}.json`;
}

/**
 * The committed pins of an environment; without a file there are none.
 *
 * @param root - the folder of the repository
 * @throws Error for a file that cannot be used, naming it and what is wrong in it
 */
export function readPins(root: string, environment: string): Pins {
  const file = join(root, pinsFile(environment));
  if (!existsSync(file)) return {};
  try {
    return parsePins(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${pinsFile(environment)}: ${(error as Error).message}`, { cause: error });
  }
}
