import { join } from 'node:path';
import { inlined, script } from '../tekton/script';

const steps = join(__dirname, 'steps');
const REGISTRY = script(steps, 'registry.sh');
const MOVE_TAGS = script(steps, 'move-tags.sh');

/** A step's script with the functions of registry.sh, which ask and write a registry. */
export function withRegistryCalls(text: string): string {
  return inlined(text, 'registry.sh', REGISTRY);
}

const movingTags = (file: string): string => inlined(withRegistryCalls(script(steps, file)), 'move-tags.sh', MOVE_TAGS);

/** The first and the last step of what makes an image, and the two that move public tags: of what has a contract, and of what has none. */
export const REGISTRY_SCRIPTS = {
  lookUp: withRegistryCalls(script(steps, 'look-up.sh')),
  push: withRegistryCalls(script(steps, 'push.sh')),
  promote: movingTags('promote.sh'),
  publish: movingTags('publish.sh'),
} as const;
