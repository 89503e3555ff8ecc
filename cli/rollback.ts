import { z } from 'zod';
import type { PlatformImage } from '../lib/images/platform-image';
import type { Pin, Pins } from '../lib/registry/pins';
import type { Settings } from '../lib/settings/settings';
import { script } from '../lib/tekton/script';
import { pinsFile, readPins } from '../stacks/pins/read-pins';
import { chosenImages } from './chosen-images';
import { csb } from './csb';
import { declarePins } from './pinning';
import { askPromotions, earlier } from './promotions';
import { ROOT, useClusterOf } from './pulumi-stack';
import { inToolbox } from './toolbox';

export interface RollbackOptions {
  readonly all: boolean;
  /** The digest, or the beginning of one that the history has. @default - what was public before */
  readonly to?: string;
  /** For whoever asks when the pin may go. */
  readonly reason: string;
}

type Digests = Readonly<Record<string, Pin['digest']>>;

/**
 * `csb rollback <what>`: moves public tags to what they named before, and pins the images there. It waits for no `up` and for nothing that is
 * declared. The tags move first, each under the lease of its repository; pins are written of those that moved, to be committed.
 *
 * One that is pinned already stays at its pin unless `--to` says another: so what failed for some can be repeated for all.
 *
 * @param what - an image, or a stack for all images on it, and on the stacks that stand on that
 * @throws Error when the tags of an image did not move
 */
export async function rollback(environment: string, what: string | undefined, options: RollbackOptions): Promise<void> {
  mustSayWhat(what, options.all);
  const settings = useClusterOf(environment);
  const images = chosenImages(environment, settings, what);
  const pins = readPins(ROOT, environment);
  const digests = await digestsFor(settings, images, pins, options.to);
  const refused = await moveTags(environment, settings, images, digests);
  const since = new Date().toISOString().slice(0, 10);
  const moved = Object.entries(digests).filter(([name]) => !refused.has(name));
  const made = moved.filter(([name, digest]) => pins[name]?.digest !== digest);
  const pin = ([name, digest]: readonly [string, Pin['digest']]) => [name, { digest, reason: options.reason, since }] as const;
  for (const [name, digest] of moved) console.error(`${name} is public as ${digest}, and pinned to it`);
  const all = { ...pins, ...Object.fromEntries(made.map(pin)) };
  if (made.length > 0) await declarePins(environment, all, `Roll back ${what ?? 'all images'}: ${options.reason}`);
  if (refused.size > 0)
    throw new Error(`not rolled back:\n${[...refused].map(([name, why]) => `  - ${name}: ${why}`).join('\n')}`);
  console.error(`When something newer is declared: ${csb(environment, `unpin ${what ?? '--all'}`)}`);
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

/** To what each image is to go. */
async function digestsFor(
  settings: Settings,
  images: readonly PlatformImage[],
  pins: Pins,
  to: string | undefined,
): Promise<Digests> {
  const [image] = images;
  if (to !== undefined && (images.length > 1 || image === undefined))
    throw new Error(`--to is a digest of one image; this means ${images.map(({ name }) => name).join(', ')}`);
  const whole = to?.replace(/^(sha256:)?/, 'sha256:') ?? '';
  // Whether the registry has it, and whether it passed its contract, the promotion asks.
  if (image !== undefined && /^sha256:[0-9a-f]{64}$/.test(whole)) return { [image.name]: whole as Pin['digest'] };
  const promotions = await askPromotions(settings, images);
  const digests: Record<string, Pin['digest']> = {};
  const problems: string[] = [];
  for (const { name } of images)
    try {
      const found = promotions.get(name) ?? { tag: 'latest', now: '', moves: [] };
      digests[name] = (to === undefined ? pins[name]?.digest : undefined) ?? earlier(found, to);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  if (problems.length === 0) return digests;
  throw new Error(`nothing was changed:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
}

const answered = z.object({ name: z.string(), moved: z.string().optional(), why: z.string().optional() });

/** Moves all public tags of images, in one pod; gives the images of which they did not, with why. */
async function moveTags(
  environment: string,
  settings: Settings,
  images: readonly PlatformImage[],
  digests: Digests,
): Promise<ReadonlyMap<string, string>> {
  const lines = images.map((image) =>
    [image.name, image.public, digests[image.name] ?? '', image.publicTags.join(',')].join(' '),
  );
  const variables = { ENVIRONMENT: environment, NAMESPACE: settings.namespace, IMAGES: lines.join('\n') };
  const work = { name: 'rollback', script: script(__dirname, 'rollback.sh'), asks: 'promotion', variables } as const;
  const text = await inToolbox(settings, work);
  const answers = text.split('\n').map((line) => answered.parse(JSON.parse(line)));
  return new Map(answers.flatMap(({ name, why }) => (why === undefined ? [] : [[name, why.trim()] as const])));
}
