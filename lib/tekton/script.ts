import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a step's script, read from a file that shellcheck and the tests read too. */
export function script(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}

/**
 * A script with a library's text in place of its line `. <library>`: a step is one text.
 *
 * @throws Error when the script has no such line
 */
export function inlined(text: string, library: string, libraryText: string): string {
  const line = `\n. ${library}\n`;
  if (!text.includes(line)) throw new Error(`a script that gets ${library} has a line '. ${library}'`);
  return text.replace(line, () => `\n${libraryText}`);
}
