import { z } from 'zod';
import type { Address } from '../lib/registry/address';
import { repositoryOf, tagOf } from '../lib/registry/image-reference';
import type { Pin } from '../lib/registry/pins';
import type { Settings } from '../lib/settings/settings';
import { script } from '../lib/tekton/script';
import { columns } from '../local/columns';
import { askRegistry } from './ask-registry';
import type { PublicImage } from './chosen-images';
import { shortDigest } from './short-digest';

const digest = z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)]);
const move = z.object({
  /** When, by the clock of the node that did it: `2026-11-27T04:15:00Z`. */
  at: z.string(),
  /** The public tag. */
  tag: z.string(),
  /** What it names since. */
  digest,
  /** What it named before; none when it was not there. */
  was: digest.optional(),
  /** The immutable tag of what was promoted, `was-...` of what was rolled back; none when the image was pinned. */
  image: z.string().optional(),
});
const asked = z.object({ name: z.string(), tag: z.string(), now: z.union([digest, z.literal('')]), moves: z.array(move) });

/** One move of a public tag, as csb-registry notes it beside the image. */
export type Move = z.infer<typeof move>;

/** How the tags of an image have moved. */
export interface Promotions {
  /** The tag by which tools use it. */
  readonly tag: string;
  /** What that names now, as the registry has it; empty for nothing. */
  readonly now: Pin['digest'] | '';
  /** The earliest first. A move that could not be noted is missing. */
  readonly moves: readonly Move[];
}

/** How the public tags of images have moved. */
export async function askPromotions(
  settings: Settings,
  images: readonly Pick<PublicImage, 'name' | 'public'>[],
): Promise<ReadonlyMap<string, Promotions>> {
  const lines = images.map((image) => `${image.name} ${repositoryOf(image.public)} ${tagOf(image.public) ?? ''}`);
  return parsePromotions(await askRegistry(settings, 'history', script(__dirname, 'promotions.sh'), lines));
}

/**
 * What promotions.sh prints.
 *
 * @throws Error for what is none of its lines
 */
export function parsePromotions(text: string): ReadonlyMap<string, Promotions> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { name, ...found } = asked.parse(JSON.parse(line));
      return [name, found];
    }),
  );
}

/**
 * The digest that a public tag is to name again.
 *
 * @param to - the beginning of one on record, with or without `sha256:`. @default - what the tag named last, of what it does not name now
 * @throws Error when there is none, or more than one
 */
export function earlier({ tag, now, moves }: Promotions, to?: string): Pin['digest'] {
  const ofTag = moves.filter((each) => each.tag === tag);
  const known = [...new Set(ofTag.flatMap(({ was, digest: is }) => [...(was === undefined ? [] : [was]), is]).reverse())];
  const list = known.map((each) => `${shortDigest(each)}${each === now ? ' (now)' : ''}`).join(', ') || 'none';
  if (to === undefined) {
    const before = known.find((each) => each !== now);
    if (before !== undefined) return before;
    throw new Error(`of ${tag}, no earlier digest is on record (there are: ${list})`);
  }
  const hex = to.replace(/^sha256:/, '');
  const [found, more] = known.filter((each) => each.startsWith(`sha256:${hex}`));
  if (hex.length >= 6 && found !== undefined && more === undefined) return found;
  throw new Error(
    `--to ${to} is not one of the digests of ${tag} on record; expected are 6 and more characters of one of: ${list}`,
  );
}

/** The layers of an image, and the address of the run image under them, by the tag that a run gave it. */
const ADDRESSED = /^(c-[0-9a-f]{16})-r([0-9a-f]{16})$/;

/**
 * The digest that a public tag named before it came to a run image, with the layers that it has now: what it was before its stack was updated. That
 * may be one that a rollback had put there. It is looked for from when this digest was first public: what was so between that and now was left for it.
 *
 * @param left - the address of the run image that is left
 * @returns undefined where none is on record: for what is not on that run image, which is so when it is back already, and for what was pushed since
 */
export function onEarlierRunImage({ tag, now, moves }: Promotions, left: Address): Pin['digest'] | undefined {
  const ofTag = moves.filter((each) => each.tag === tag);
  const made = new Map<string, { readonly layers: string; readonly runImage: string | undefined }>(
    ofTag.flatMap(({ digest: is, image = '' }) => {
      const [, layers, runImage] = ADDRESSED.exec(image) ?? [];
      return layers === undefined ? [] : [[is, { layers, runImage }]];
    }),
  );
  const current = made.get(now);
  if (current?.runImage !== left) return undefined;
  const before = ofTag.slice(
    0,
    ofTag.findIndex(({ digest: is }) => is === now),
  );
  return before.findLast(({ digest: is }) => {
    const earlier = made.get(is);
    return earlier?.layers === current.layers && earlier.runImage !== left;
  })?.digest;
}

/** A table of moves, the latest last. Tags that moved to the same at once are one row. */
export function renderPromotions(all: ReadonlyMap<string, Promotions>): string {
  const rows = new Map<string, { at: string; name: string; tags: string[]; cells: string[] }>();
  for (const [name, { moves }] of all)
    for (const { at, tag, digest: is, was, image } of moves) {
      const cells = [shortDigest(is), was === undefined ? '-' : shortDigest(was), image ?? 'a pin'];
      const key = [name, at.slice(0, 16), ...cells].join(' ');
      const row = rows.get(key) ?? { at, name, tags: [], cells };
      row.tags.push(tag);
      rows.set(key, row);
    }
  if (rows.size === 0) return 'No move of a public tag is on record.';
  const sorted = [...rows.values()].sort((one, other) => one.at.localeCompare(other.at));
  return columns([
    ['when (UTC)', 'image', 'tags', 'now', 'before', 'by'],
    ...sorted.map(({ at, name, tags, cells }) => [at.slice(0, 16).replace('T', ' '), name, tags.join(' '), ...cells]),
  ]);
}
