import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = join(__dirname, '../..');

/** What a chart that does not know its file says: the folder of all declarations. */
export const DECLARATIONS = 'stacks/';

/**
 * The file of the declaration that runs now: the innermost caller outside lib/, languages/ and node_modules, relative to the project's root, with `/`.
 *
 * A class in stacks/bookworm.ts that is constructed by stacks/environment.ts gives `stacks/bookworm.ts`: its constructor is the inner
 * frame. {@link DECLARATIONS} when no file of the project's own is on the stack.
 */
export function declaringFile(): string {
  return filesOnTheStack().map(fromProject).find(isDeclaration) ?? DECLARATIONS;
}

function filesOnTheStack(): readonly string[] {
  const { stackTraceLimit } = Error;
  const prepareStackTrace = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    // Declarations may stand deep below a test runner; V8 keeps ten frames by itself.
    Error.stackTraceLimit = Infinity;
    // The frames themselves, not their text: what rewrites traces for source maps differs between tsx, jest and Pulumi.
    Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFileName() ?? '');
    const held: { readonly stack?: readonly string[] } = {};
    Error.captureStackTrace(held, declaringFile);
    return held.stack ?? [];
  } finally {
    if (prepareStackTrace) Object.defineProperty(Error, 'prepareStackTrace', prepareStackTrace);
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A path of this machine, relative to the project's root, with `/`. */
export function fromProject(file: string): string {
  const path = (file.startsWith('file:') ? fileURLToPath(file) : file).replace(/\?.*$/, '');
  return relative(PROJECT, path).split(sep).join('/');
}

function isDeclaration(path: string): boolean {
  return /^[^./]/.test(path) && !path.includes(':') && !/^(lib|languages)\/|(^|\/)node_modules\//.test(path);
}
