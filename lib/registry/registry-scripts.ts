import { join } from 'node:path';
import { inlined, script } from '../tekton/script';

const steps = join(__dirname, 'steps');
const LIBRARIES = ['credentials.sh', 'guard.sh'] as const;

/** A step's script with the text of each library in place of its line `. <library>`: credentials.sh, guard.sh. */
export function withLibraries(text: string): string {
  return LIBRARIES.filter((library) => text.includes(`\n. ${library}\n`)).reduce(
    (all, library) => inlined(all, library, script(steps, library)),
    text,
  );
}

const step = (file: string): string => withLibraries(script(steps, file));

/** What asks a registry, what stands around the making of an image, and what moves public tags: of what has a contract, and of what has none. */
export const REGISTRY_SCRIPTS = {
  lookUp: step('look-up.sh'),
  digest: step('digest.sh'),
  guard: step('guard-image.sh'),
  push: step('push.sh'),
  promote: step('promote.sh'),
  publish: step('publish.sh'),
} as const;
