import { z } from 'zod';
import { TOOL_TAG } from '../lib/images/tool-image-pipeline';
import { batches } from './batches';
import { Interrupted } from './interruptible';
import type { Promotions } from './promotions';
import type { RollbackTarget } from './rollback-targets';

/** What is done in the cluster. */
export interface Moving {
  /** rollback.sh, for a line for each image; its answer. */
  readonly move: (lines: readonly string[]) => Promise<string>;
  /** What public tags of images name now, by the images' names. */
  readonly ask: (images: readonly RollbackTarget['image'][]) => Promise<ReadonlyMap<string, Pick<Promotions, 'now'>>>;
}

/** What has moved, and of the others why not, by the images' names. */
export interface MovedTags {
  readonly moved: readonly RollbackTarget[];
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Moves all public tags of images, so many at a time. One pod that fails stops no other, a signal does. What had moved by then counts as moved: it
 * is public, and has to be pinned, or the next rollback would move it forward.
 */
export async function moveTags(targets: readonly RollbackTarget[], { move, ask }: Moving): Promise<MovedTags> {
  const refused = new Map<string, string>();
  const rest = [...targets];
  let stop: Interrupted | undefined;
  for (const lines of batches(targets.map(lineOf))) {
    const some = rest.splice(0, lines.length);
    if (stop !== undefined) {
      for (const { image } of some) refused.set(image.name, stop.message);
      continue;
    }
    try {
      const answers = parseAnswers(await move(lines));
      for (const { image } of some) {
        const { moved, why = 'nothing was said of it' } = answers.get(image.name) ?? {};
        if (moved === undefined) refused.set(image.name, why.trim());
      }
    } catch (error) {
      if (error instanceof Interrupted) stop = error;
      const found = await ask(some.map(({ image }) => image)).catch(() => undefined);
      for (const { image, digest } of some)
        if (found?.get(image.name)?.now !== digest) refused.set(image.name, (error as Error).message);
    }
  }
  return { moved: targets.filter(({ image }) => !refused.has(image.name)), refused };
}

const answered = z.object({ name: z.string(), moved: z.string().optional(), why: z.string().optional() });

function parseAnswers(text: string): ReadonlyMap<string, z.infer<typeof answered>> {
  return new Map(
    text.split('\n').map((line) => {
      const answer = answered.parse(JSON.parse(line));
      return [answer.name, answer];
    }),
  );
}

function lineOf(target: RollbackTarget): string {
  const { image, digest } = target;
  const words = 'now' in target ? [TOOL_TAG, `${TOOL_TAG}=${target.now}`] : [target.image.publicTags.join(',')];
  return [image.name, image.public, digest, ...words].join(' ');
}
