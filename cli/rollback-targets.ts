import type { Pin, Pins } from '../lib/registry/pins';
import { isOwn, type PublicImage } from './chosen-images';
import { earlier, onEarlierRunImage, type Promotions } from './promotions';

/** An image, and the digest to which its public tags go back. */
export interface RollbackTarget {
  readonly image: PublicImage;
  readonly digest: Pin['digest'];
  /** What the tag of a tool's own image named when that was decided; empty for nothing. */
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
 * To what each image goes back: a platform image to its pin, or to what was public before. So does a tool's own that is named. With its stack, it
 * goes back to the run image that it had, with the layers that it has: nobody takes back what its maintainer has pushed.
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
  const whole = to?.replace(/^(sha256:)?/, 'sha256:') ?? '';
  const targets: RollbackTarget[] = [];
  const left: string[] = [];
  const problems: string[] = [];
  for (const image of images) {
    const { name } = image;
    const found = promotions.get(name) ?? { tag: 'latest', now: '', moves: [] };
    const own = isOwn(image);
    try {
      const digest =
        // Whether the registry has it, and whether it passed its contract, is asked when it moves.
        (isDigest(whole) ? whole : undefined) ??
        (own && name !== what
          ? onEarlierRunImage(found)
          : ((to === undefined ? pins[name]?.digest : undefined) ?? earlier(found, to)));
      if (digest === undefined) left.push(name);
      else targets.push({ image, digest, now: found.now });
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length === 0) return { targets, left };
  throw new Error(`nothing was changed:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
}

const isDigest = (text: string): text is Pin['digest'] => /^sha256:[0-9a-f]{64}$/.test(text);
