import { z } from 'zod';
import { TOOL_TAG } from '../lib/images/tool-image-pipeline';
import type { Settings } from '../lib/settings/settings';
import { script } from '../lib/tekton/script';
import { pinsFile, readPins } from '../stacks/pins/read-pins';
import { batches } from './batches';
import { chosenImages, isOwn } from './chosen-images';
import { csb } from './csb';
import { declarePins } from './pinning';
import { askPromotions } from './promotions';
import { ROOT, useClusterOf } from './pulumi-stack';
import { type RollbackTarget, rollbackTargets } from './rollback-targets';
import { inToolbox } from './toolbox';

export interface RollbackOptions {
  readonly all: boolean;
  /** The digest, or the beginning of one that the history has. @default - what was public before */
  readonly to?: string;
  /** For whoever asks when the pin may go. @default - none, which platform images need */
  readonly reason?: string;
}

/**
 * `csb rollback <what>`: moves public tags to what they named before, and pins platform images there. It waits for no `up` and for nothing that is
 * declared. The tags move first, each under the lease of its repository; pins are written of those that moved, to be committed.
 *
 * One that is pinned already stays at its pin unless `--to` says another: so what failed for some can be repeated for all.
 *
 * Tools' own images come last and are never pinned: a pin would keep from a tool what its maintainer pushes. They stay there until something else
 * is pushed or declared.
 *
 * @param what - an image, or a stack for all images on it, and on the stacks that stand on that
 * @throws Error when the tags of an image did not move
 */
export async function rollback(environment: string, what: string | undefined, options: RollbackOptions): Promise<void> {
  mustSayWhat(what, options.all);
  const settings = useClusterOf(environment);
  const images = chosenImages(environment, settings, what);
  const { reason = '', to } = options;
  if (reason === '' && !images.every(isOwn)) throw new Error('say --reason <text>: it stands in the pins of the images');
  const pins = readPins(ROOT, environment);
  const { targets, left } = rollbackTargets(images, await askPromotions(settings, images), pins, { what, to });
  const [own, platform] = [targets.filter(({ image }) => isOwn(image)), targets.filter(({ image }) => !isOwn(image))];

  const { moved, refused } = await moveTags(environment, settings, platform);
  for (const { image, digest } of moved) console.error(`${image.name} is public as ${digest}, and pinned to it`);
  const since = new Date().toISOString().slice(0, 10);
  const made = moved
    .filter(({ image, digest }) => pins[image.name]?.digest !== digest)
    .map(({ image, digest }) => [image.name, { digest, reason, since }] as const);
  const all = { ...pins, ...Object.fromEntries(made) };
  if (made.length > 0) await declarePins(environment, all, `Roll back ${what ?? 'all images'}: ${reason}`);

  const { moved: movedOwn, refused: refusedOwn } = await moveTags(environment, settings, own);
  for (const { image, digest } of movedOwn) console.error(`${image.name} is public as ${digest}`);
  if (movedOwn.length > 0)
    console.error(
      "Tools' own images are not pinned: each stays there until something else is pushed or declared. " +
        `For longer: the earlier lock of their stack, or commit, and ${csb(environment, 'up')}`,
    );
  if (left.length > 0)
    console.error(`Left as they are, since as such they were on no earlier run image, by their history: ${left.join(', ')}`);

  const problems = [...refused, ...refusedOwn];
  if (problems.length > 0)
    throw new Error(`not rolled back:\n${problems.map(([name, why]) => `  - ${name}: ${why}`).join('\n')}`);
  if (moved.length > 0) console.error(`When something newer is declared: ${csb(environment, `unpin ${what ?? '--all'}`)}`);
}

/** `csb unpin <what>`: removes pins. What is public stays so until an `up` promotes something newer. */
export async function unpin(environment: string, what: string | undefined, { all }: { readonly all: boolean }): Promise<void> {
  mustSayWhat(what, all);
  const pins = readPins(ROOT, environment);
  const short = what?.replace(/^toolforge-/, '') ?? '';
  // A pin of an image that nothing declares any more can go, too.
  const names = short in pins ? [short] : chosenImages(environment, useClusterOf(environment), what).map(({ name }) => name);
  const gone = Object.keys(pins).filter((name) => all || names.includes(name));
  if (gone.length === 0) throw new Error(`nothing of '${what ?? 'all'}' is pinned in ${pinsFile(environment)}`);
  const left = Object.fromEntries(Object.entries(pins).filter(([name]) => !gone.includes(name)));
  await declarePins(environment, left, `Unpin ${gone.join(', ')}`);
  console.error(
    `Then: ${csb(environment, 'up')}. It promotes what is declared and newer. What was public before never becomes so again by itself.`,
  );
}

function mustSayWhat(what: string | undefined, all: boolean): void {
  if ((what === undefined) !== all) throw new Error('say an image, a stack, or --all, and one of them');
}

const answered = z.object({ name: z.string(), moved: z.string().optional(), why: z.string().optional() });

/** Moves all public tags of images; of those of which they did not, it has why. */
async function moveTags(
  environment: string,
  settings: Settings,
  targets: readonly RollbackTarget[],
): Promise<{ readonly moved: readonly RollbackTarget[]; readonly refused: ReadonlyMap<string, string> }> {
  const refused = new Map<string, string>();
  for (const lines of batches(targets.map(lineOf))) {
    const variables = { ENVIRONMENT: environment, NAMESPACE: settings.namespace, IMAGES: lines.join('\n') };
    const work = { name: 'rollback', script: script(__dirname, 'rollback.sh'), asks: 'promotion', variables } as const;
    for (const line of (await inToolbox(settings, work)).split('\n')) {
      const { name, why } = answered.parse(JSON.parse(line));
      if (why !== undefined) refused.set(name, why.trim());
    }
  }
  return { moved: targets.filter(({ image }) => !refused.has(image.name)), refused };
}

function lineOf({ image, digest, now }: RollbackTarget): string {
  const tags = isOwn(image) ? [TOOL_TAG] : image.publicTags;
  return [image.name, image.public, digest, tags.join(','), ...(isOwn(image) ? [`${TOOL_TAG}=${now}`] : [])].join(' ');
}
