import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const section = /^## Adding one\n([^]*?)^## /m.exec(readFileSync(join(root, 'languages/README.md'), 'utf8'))?.[1] ?? '';

/** A file that languages/README.md shows: a new one whole, or what is added to one that is there. */
export interface ShownFile {
  readonly path: string;
  readonly kind: 'new' | 'edited';
  /** The content of its block. */
  readonly shown: string;
}

/** The files of the walk-through, in its order: each is named in bold letters above its block. */
export const shownFiles: readonly ShownFile[] = [
  ...section.matchAll(/^\*\*`([^`]+)`\*\*(?:(?!^```)[^])*^```(\w+)\n([^]*?)^```$/gm),
].map(([, path = '', language, shown = '']) => ({ path, kind: language === 'diff' ? 'edited' : 'new', shown }));

/** The commands of the walk-through, in their order. */
export const shownCommands: readonly string[] = (/^```sh\n([^]*?)\n```$/m.exec(section)?.[1] ?? '').split('\n');

/**
 * Does in a checkout what the walk-through says is done by hand.
 *
 * @throws Error where a new file is there already, or a line is not, after which another is to be added
 */
export function walkThrough(checkout: string): void {
  for (const { path, kind, shown } of shownFiles) {
    const file = join(checkout, path);
    if (kind === 'new' && existsSync(file)) throw new Error(`languages/README.md: ${path} is new there, and is in the checkout`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, kind === 'new' ? shown : withAdded(readFileSync(file, 'utf8'), path, shown));
  }
}

/** A file with the lines of a diff: those that begin with `+` after the one above them, which has to be there once. */
function withAdded(text: string, path: string, diff: string): string {
  const lines = text.split('\n');
  let at: number | undefined;
  for (const line of diff.trimEnd().split('\n')) {
    if (line.startsWith('@@')) at = undefined;
    else if (line.startsWith('+') && at !== undefined) lines.splice((at += 1), 0, line.slice(1));
    else at = only(lines, path, line.slice(1));
  }
  return lines.join('\n');
}

function only(lines: readonly string[], path: string, line: string): number {
  const at = lines.indexOf(line);
  if (at >= 0 && at === lines.lastIndexOf(line)) return at;
  throw new Error(`languages/README.md: ${path} has not exactly one line '${line}'; show one that it has once`);
}
