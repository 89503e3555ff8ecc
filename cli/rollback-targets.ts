import type { PlatformImage } from '../lib/images/platform-image';
import type { Pin, Pins } from '../lib/registry/pins';
import { isOwn, type OwnImage, type PublicImage } from './chosen-images';
import { earlier, onEarlierRunImage, type Promotions } from './promotions';

/** An image, and the digest to which its public tags go back. */
export type RollbackTarget = PlatformTarget | OwnTarget;

interface PlatformTarget {
  readonly image: PlatformImage;
  readonly digest: Pin['digest'];
}

interface OwnTarget {
  readonly image: OwnImage;
  readonly digest: Pin['digest'];
  /** What its tag named when that was decided; empty for nothing. */
  readonly now: Promotions['now'];
}

/** What goes back, and of tools' own images those that stay where they are. */
export interface RollbackTargets {
  readonly targets: readonly RollbackTarget[];
  readonly left: readonly string[];
}

/** What was asked for: the word, and of one image perhaps a digest, or the beginning of one. */
interface Asked {
  readonly what: string | undefined;
  readonly to: string | undefined;
}

/**
 * To what each image goes back: a platform image to its pin, or to what was public before. So does a tool's own that is named, but for a pin. With its
 * stack, it goes back from the run image that this has to the one before, with the layers that it has: nobody takes back what its maintainer has pushed.
 *
 * @param promotions - by the names of images; one that is missing has no history
 * @throws Error when one has no earlier digest on record, naming all such
 */
export function rollbackTargets(
  images: readonly PublicImage[],
  promotions: ReadonlyMap<string, Promotions>,
  pins: Pins,
  { what, to }: Asked,
): RollbackTargets {
  if (to !== undefined && images.length !== 1)
    throw new Error(`--to is a digest of one image; this means ${images.map(({ name }) => name).join(', ')}`);
  const targets: RollbackTarget[] = [];
  const left: string[] = [];
  const problems: string[] = [];
  for (const image of images) {
    const { name } = image;
    const found = promotions.get(name) ?? { tag: 'latest', now: '', moves: [] };
    try {
      const target = isOwn(image) ? ownTarget(image, found, { what, to }) : platformTarget(image, found, pins[name], to);
      if (target === undefined) left.push(name);
      else targets.push(target);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length === 0) return { targets, left };
  throw new Error(`nothing was changed:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
}

function platformTarget(image: PlatformImage, found: Promotions, pin: Pin | undefined, to: string | undefined): RollbackTarget {
  const whole = to?.replace(/^(sha256:)?/, 'sha256:') ?? '';
  // Whether the registry has it, and whether it passed its contract, is asked when it moves.
  if (isDigest(whole)) return { image, digest: whole };
  if (to === undefined && pin !== undefined) return { image, digest: pin.digest };
  try {
    return { image, digest: earlier(found, to) };
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${message}; --to takes any whole digest: the registry's was-${found.tag}-... tags say which`, {
      cause: error,
    });
  }
}

/** What it was has a tag as far as its history has it, and by nothing else. */
function ownTarget(image: OwnImage, found: Promotions, { what, to }: Asked): RollbackTarget | undefined {
  const { tag, now, moves } = found;
  const isNamed = image.name === what || to !== undefined;
  const digest = isNamed ? earlier(found, to) : onEarlierRunImage(found, image.stack.runImage.address);
  // One that is there without a note of it is rolled back again, which notes it.
  if (digest === now && moves.findLast((each) => each.tag === tag)?.digest === now) throw new Error(`${tag} is ${now} already`);
  return digest && { image, digest, now };
}

const isDigest = (text: string): text is Pin['digest'] => /^sha256:[0-9a-f]{64}$/.test(text);
