import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a step's script, read from a file that shellcheck and the tests read too. */
export function script(directory: string, file: string): string {
  return textOf(join(directory, file));
}

/**
 * A file of the project as git has it: with LF line ends, whatever a checkout made of them (core.autocrlf). No shell in an image takes
 * others, and an address is that of the content.
 */
export function textOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
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
