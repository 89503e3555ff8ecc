import { z } from 'zod';
import { columns } from '../local/columns';
import { repositoryOf } from '../lib/registry/image-reference';
import type { PlatformImage } from '../lib/images/platform-image';
import type { Pin } from '../lib/registry/pins';
import { script } from '../lib/tekton/script';
import type { Settings } from '../lib/settings/settings';
import { inToolbox } from './toolbox';

const move = z.object({
  /** When, by the clock of the node that did it: `2026-11-27T04:15:00Z`. */
  at: z.string(),
  /** The public tag. */
  tag: z.string(),
  /** What it names since. */
  digest: z.string(),
  /** What it named before; none when it was not there. */
  was: z.string().optional(),
  /** The immutable tag of what was promoted; none when the image was pinned. */
  image: z.string().optional(),
});
const asked = z.object({ name: z.string(), moves: z.array(move) });

/** One move of a public tag, as csb-registry notes it beside the image. */
export type Move = z.infer<typeof move>;

/** How the public tags of images have moved, the earliest move first, all asked for in one pod. */
export async function askMoves(
  settings: Settings,
  images: readonly Pick<PlatformImage, 'name' | 'public'>[],
): Promise<ReadonlyMap<string, readonly Move[]>> {
  const lines = images.map((image) => `${image.name} ${repositoryOf(image.public)}`);
  const variables = { IMAGES: lines.join('\n') };
  const work = { name: 'history', script: script(__dirname, 'promotions.sh'), asks: 'registry', variables } as const;
  return parseMoves(await inToolbox(settings, work));
}

/**
 * What promotions.sh prints.
 *
 * @throws Error for what is none of its lines
 */
export function parseMoves(text: string): ReadonlyMap<string, readonly Move[]> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { name, moves } = asked.parse(JSON.parse(line));
      return [name, moves];
    }),
  );
}

const shortDigest = (digest: string): string => digest.replace('sha256:', '').slice(0, 12);

/**
 * The digest that a public tag is to name again.
 *
 * @param to - a digest, or the beginning of one, with or without `sha256:`. @default - that which the tag named last, of those that it does not name now
 * @throws Error when there is none, or more than one
 */
export function earlier(moves: readonly Move[], tag: string, to?: string): Pin['digest'] {
  const ofTag = moves.filter((each) => each.tag === tag);
  const now = ofTag.at(-1)?.digest;
  const known = [...new Set(ofTag.flatMap(({ was, digest }) => [...(was === undefined ? [] : [was]), digest]).reverse())];
  const hex = to?.replace(/^sha256:/, '') ?? '';
  // Whether the registry has it, and whether it passed its contract, the promotion asks.
  if (/^[0-9a-f]{64}$/.test(hex)) return `sha256:${hex}`;
  const list = known.map((each) => `${shortDigest(each)}${each === now ? ' (now)' : ''}`).join(', ') || 'none';
  if (to === undefined) {
    const before = known.find((each) => each !== now);
    if (before === undefined)
      throw new Error(
        `of ${tag}, no earlier digest is on record (there are: ${list}); name one with --to: the registry's was-${tag}-... tags say which`,
      );
    return before as Pin['digest'];
  }
  const found = known.filter((each) => each.startsWith(`sha256:${hex}`));
  if (hex.length < 6 || found.length !== 1)
    throw new Error(
      `--to ${to} means ${found.length} of the digests of ${tag} on record; expected a whole digest, or 6 and more characters of one of: ${list}`,
    );
  return found[0] as Pin['digest'];
}

/** A table of moves, the latest last. Tags that moved to the same at once are one row. */
export function renderMoves(all: ReadonlyMap<string, readonly Move[]>): string {
  const rows = new Map<string, { at: string; name: string; tags: string[]; cells: string[] }>();
  for (const [name, moves] of all)
    for (const { at, tag, digest, was, image } of moves) {
      const cells = [shortDigest(digest), was === undefined ? '-' : shortDigest(was), image ?? 'a pin'];
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
