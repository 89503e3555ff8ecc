import { join } from 'node:path';
import { inlined, script } from '../tekton/script';

const steps = join(__dirname, 'steps');
const REGISTRY = script(steps, 'registry.sh');

/** A step's script with the functions of registry.sh, which ask and write a registry. */
export function withRegistryCalls(text: string): string {
  return inlined(text, 'registry.sh', REGISTRY);
}

/** The first and the last step of what makes an image, and the one that moves public tags. */
export const REGISTRY_SCRIPTS = {
  lookUp: withRegistryCalls(script(steps, 'look-up.sh')),
  push: withRegistryCalls(script(steps, 'push.sh')),
  promote: withRegistryCalls(script(steps, 'promote.sh')),
} as const;
