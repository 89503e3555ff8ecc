import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a step's script, read from a file that shellcheck and the tests read too. */
export function script(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}
