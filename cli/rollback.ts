import { execa } from 'execa';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Pin, Pins } from '../lib/registry/pins';
import { tagOf } from '../lib/registry/image-reference';
import { readSettings } from '../lib/settings/settings';
import { pinsFile, readPins } from '../stacks/pins/read-pins';
import { chosenImages } from './chosen-images';
import { csb } from './csb';
import { type ShowOptions, upOf } from './deploy-commands';
import { askMoves, earlier } from './promotions';
import { openStack, ROOT, useClusterOf } from './pulumi-stack';

export interface RollbackOptions extends ShowOptions {
  readonly all: boolean;
  /** The digest, or the beginning of one that the history has. @default - what was public before */
  readonly to?: string;
  /** For whoever asks when the pin may go. */
  readonly reason: string;
}

/**
 * `csb rollback <what>`: pins images to what their public tag named before, and moves their tags to it. Nothing else of the declarations is
 * applied, and no other run is waited for. The pin stands in stacks/pins and dist/, to be committed; until then the next `up` of another checkout
 * would not know of it.
 *
 * @param what - an image, or a stack for all images on it
 */
export async function rollback(environment: string, what: string | undefined, options: RollbackOptions): Promise<void> {
  mustSayWhat(what, options.all);
  const settings = useClusterOf(environment);
  const images = chosenImages(environment, settings, what);
  const moves = await askMoves(settings, images);
  const since = new Date().toISOString().slice(0, 10);
  const pins: Record<string, Pin> = {};
  const problems: string[] = [];
  for (const image of images)
    try {
      const tag = tagOf(image.public) ?? '';
      pins[image.name] = { digest: earlier(moves.get(image.name) ?? [], tag, options.to), reason: options.reason, since };
    } catch (error) {
      problems.push(`${image.name}: ${(error as Error).message}`);
    }
  if (problems.length > 0) throw new Error(`nothing was changed:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
  await declarePins(environment, { ...readPins(ROOT, environment), ...pins });
  for (const [name, { digest }] of Object.entries(pins)) console.error(`${name} is pinned to ${digest}`);
  await upOf(
    'rollback',
    await openStack(environment),
    images.map(({ node }) => node.path),
    options,
  );
  sayWhatToCommit(environment, `Roll back ${what ?? 'all images'}: ${options.reason}`);
  console.error(`When it may go: ${csb(environment, `unpin ${what ?? '--all'}`)}`);
}

/** `csb unpin <what>`: removes pins. The next `up` makes and promotes what is declared. */
export async function unpin(environment: string, what: string | undefined, { all }: { readonly all: boolean }): Promise<void> {
  mustSayWhat(what, all);
  const pins = readPins(ROOT, environment);
  const names = chosenImages(environment, readSettings(ROOT, environment), what).map(({ name }) => name);
  const gone = Object.keys(pins).filter((name) => names.includes(name));
  if (gone.length === 0) throw new Error(`nothing of '${what ?? 'all'}' is pinned in ${pinsFile(environment)}`);
  await declarePins(environment, Object.fromEntries(Object.entries(pins).filter(([name]) => !gone.includes(name))));
  console.error(`no longer pinned: ${gone.join(', ')}`);
  sayWhatToCommit(environment, `Unpin ${gone.join(', ')}`);
  console.error(
    `Then: ${csb(environment, 'up')}. What was public before does not become so again by itself: the declarations need something newer.`,
  );
}

function mustSayWhat(what: string | undefined, all: boolean): void {
  if ((what === undefined) !== all) throw new Error('say an image, a stack, or --all, and one of them');
}

/** Writes the pins of an environment, and dist/ with them. */
async function declarePins(environment: string, pins: Pins): Promise<void> {
  const file = join(ROOT, pinsFile(environment));
  const sorted = Object.fromEntries(Object.entries(pins).sort(([one], [other]) => one.localeCompare(other)));
  if (Object.keys(sorted).length === 0) rmSync(file, { force: true });
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
  }
  await execa('node', ['--require', './cli/require.cjs', 'main.ts'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

function sayWhatToCommit(environment: string, message: string): void {
  console.error(`Commit it: git add ${pinsFile(environment)} dist && git commit -m '${message.replaceAll("'", "'\\''")}'`);
}
