import type { IStack } from '../lib/buildpacks/stack/stack';
import { PlatformImage } from '../lib/images/platform-image';
import type { Settings } from '../lib/settings/settings';
import { suggestion } from '../lib/synth/suggestion';
import { declareEnvironment } from '../stacks/environment';

/**
 * The declared platform images that a word means: one image by its name, with or without `toolforge-`, or all that stand on a stack, or on a
 * stack on that.
 *
 * @param what - undefined for all
 * @throws Error for a word that means none, naming what there is
 */
export function chosenImages(environment: string, settings: Settings, what: string | undefined): readonly PlatformImage[] {
  const all = PlatformImage.allOf(declareEnvironment(environment, settings));
  const short = what?.replace(/^toolforge-/, '');
  const chosen = all.filter(({ name, stack }) => short === undefined || name === short || stacksUnder(stack).includes(short));
  if (chosen.length > 0) return chosen;
  const known = [...new Set(all.flatMap(({ name, stack }) => [name, ...stacksUnder(stack)]))];
  throw new Error(`'${environment}' declares no image and no stack '${what ?? ''}'; ${suggestion(short ?? '', known)}`);
}

/** A stack and those that it stands on, by name. */
function stacksUnder({ name, below }: IStack): readonly string[] {
  return [name, ...(below !== undefined && 'below' in below ? stacksUnder(below) : [])];
}
