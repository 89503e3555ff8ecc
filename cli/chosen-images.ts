import type { IStack } from '../lib/buildpacks/stack/stack';
import { FollowedImage } from '../lib/images/followed-image';
import { PlatformImage } from '../lib/images/platform-image';
import { ToolImage } from '../lib/images/tool-image';
import type { Settings } from '../lib/settings/settings';
import { suggestion } from '../lib/synth/suggestion';
import { declareEnvironment } from '../stacks/environment';

/** A tool's own image, at a commit or of whichever a branch has. */
export type OwnImage = ToolImage | FollowedImage;

/** An image that tools use by a public tag. */
export type PublicImage = PlatformImage | OwnImage;

/** Tools' own images among others. */
export function isOwn(image: PublicImage): image is OwnImage {
  return !(image instanceof PlatformImage);
}

/** Tools' own images of an environment. */
export function ownImages(environment: string, settings: Settings): readonly OwnImage[] {
  return publicImages(environment, settings).filter(isOwn);
}

/**
 * The declared images that a word means: a platform image by its name, with or without `toolforge-`, a tool's own by its, `tool-<tool>/<name>`, or all
 * that stand on a stack, or on a stack on that.
 *
 * @param what - undefined for all
 * @throws Error for a word that means none, naming what there is
 */
export function chosenImages(environment: string, settings: Settings, what: string | undefined): readonly PublicImage[] {
  const all = publicImages(environment, settings);
  const short = what?.replace(/^toolforge-/, '');
  const chosen = all.filter(({ name, stack }) => short === undefined || name === short || stacksUnder(stack).includes(short));
  if (chosen.length > 0) return chosen;
  const known = [...new Set(all.flatMap(({ name, stack }) => [name, ...stacksUnder(stack)]))];
  throw new Error(`'${environment}' declares no image and no stack '${what ?? ''}'; ${suggestion(short ?? '', known)}`);
}

function publicImages(environment: string, settings: Settings): readonly PublicImage[] {
  const app = declareEnvironment(environment, settings);
  return [...PlatformImage.allOf(app), ...ToolImage.allOf(app), ...FollowedImage.allOf(app)];
}

/** A stack and those that it stands on, by name. */
function stacksUnder({ name, below }: IStack): readonly string[] {
  return [name, ...(below !== undefined && 'below' in below ? stacksUnder(below) : [])];
}
