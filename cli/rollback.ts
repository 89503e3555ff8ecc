import { script } from '../lib/tekton/script';
import { pinsFile, readPins } from '../stacks/pins/read-pins';
import { chosenImages, isOwn } from './chosen-images';
import { csb } from './csb';
import { moveTags } from './move-tags';
import { declarePins } from './pinning';
import { askPromotions } from './promotions';
import { ROOT, useClusterOf } from './pulumi-stack';
import { rollbackTargets } from './rollback-targets';
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
 * declared. The tags move first, each under the lease of its repository; pins are written of platform images that moved, to be committed.
 *
 * One that is pinned already stays at its pin unless `--to` says another: so what failed for some can be repeated for all.
 *
 * Tools' own images are never pinned: a pin would keep from a tool what its maintainer pushes. They stay there until something else
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

  const { moved, refused } = await moveTags(targets, {
    move: (lines) => {
      const variables = { ENVIRONMENT: environment, NAMESPACE: settings.namespace, IMAGES: lines.join('\n') };
      return inToolbox(settings, { name: 'rollback', script: script(__dirname, 'rollback.sh'), asks: 'promotion', variables });
    },
    ask: (some) => askPromotions(settings, some),
  });
  const [own, platform] = [moved.filter(({ image }) => isOwn(image)), moved.filter(({ image }) => !isOwn(image))];
  for (const { image, digest } of platform) console.error(`${image.name} is public as ${digest}, and pinned to it`);
  for (const { image, digest } of own) console.error(`${image.name} is public as ${digest}`);
  if (own.length > 0)
    console.error(
      "Tools' own images are not pinned: each stays there until something else is pushed or declared. " +
        `For longer: the earlier lock of their stack, or commit, and ${csb(environment, 'up')}`,
    );
  if (left.length > 0)
    console.error(
      'Left as they are, since by their history they are not on the run image that their stack has here, or were as such on no ' +
        `earlier one: ${left.join(', ')}`,
    );

  const since = new Date().toISOString().slice(0, 10);
  const made = platform
    .filter(({ image, digest }) => pins[image.name]?.digest !== digest)
    .map(({ image, digest }) => [image.name, { digest, reason, since }] as const);
  const all = { ...pins, ...Object.fromEntries(made) };
  if (made.length > 0) await declarePins(environment, all, `Roll back ${what ?? 'all images'}: ${reason}`);
  if (platform.length > 0) console.error(`When something newer is declared: ${csb(environment, `unpin ${what ?? '--all'}`)}`);

  if (refused.size === 0) return;
  throw new Error(`not rolled back:\n${[...refused].map(([name, why]) => `  - ${name}: ${why}`).join('\n')}`);
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
