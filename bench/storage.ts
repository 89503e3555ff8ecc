/**
 * `npm run bench -- storage`: the legacy images as their Dockerfiles define them, pushed into the registry that has ours, and tried by the
 * same contract; writes docs/bench/storage.md, and stacks/legacy/commands.json, which commands of the legacy ones ours lack.
 *
 * Needs the embedded platform with all images promoted (`npm start -- --all`), and root. What was made stays in `/tmp/csb-legacy-images`, so that
 * a second run goes on where the first was ended: images are made once, and tried once by the same items.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DeclaredImage } from '../cli/declared-images';
import { withAllFamilies } from '../cli/images-of-the-way';
import { readSettings } from '../lib/settings/settings';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { digestOfTag } from '../local/demo/registry-image';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { declareEnvironment } from '../stacks/environment';
import { type CommandParity, comparedCommands } from '../stacks/legacy/parity';
import { synthesizeApp } from '../stacks/synthesize-environment';
import { layersOf } from '../test/cluster/rebase/registry-content';
import { commandsOf } from './commands';
import { contractOf, tryContract, type Verdict } from './legacy-contract';
import { comparedImages, legacyRepository, legacyWork, makeLegacy, ourRepository, standsForFamily } from './legacy-images';
import { layersToMakeFrom } from './made-from';
import { storagePage, type Stored } from './storage-page';
import { writeGenerated } from './write-generated';

const root = join(__dirname, '..');

/** Measures, and writes docs/bench/storage.md when no image was left out. */
export async function benchStorage(names: readonly string[]): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const settings = withAllFamilies(readSettings(root, 'local'));
  const { objects } = synthesizeApp(declareEnvironment('local', settings));
  const all = comparedImages(settings);
  const images = all.filter(({ name }) => names.length === 0 || names.includes(name));
  const stored: Stored[] = [];
  const commands: Record<string, CommandParity> = { ...comparedCommands };
  let next = made(images[0]);
  for (const [i, image] of images.entries()) {
    console.log(`${image.name}, ${i + 1} of ${images.length}`);
    const without = await next;
    // The next one while this one is tried: that waits more than it works.
    next = made(images[i + 1]);
    next.catch(() => undefined);
    const verdict = standsForFamily(image, all) ? await verdictOn(image, objects) : undefined;
    if (verdict) console.log(`  ${verdict.summary} ${verdict.failed.join(', ')}`);
    const [theirs, ours] = [await layersOf(legacyRepository(image), 'latest'), await layersOf(ourRepository(image), 'latest')];
    stored.push({ name: image.name, legacy: theirs, ours, without, ...(verdict && { verdict }) });
    const [had, has] = [await commandsOf(legacyRepository(image), theirs), await commandsOf(ourRepository(image), ours)];
    commands[image.name] = { legacy: had.length, absent: had.filter((each) => !has.includes(each)) };
  }
  writeGenerated('stacks/legacy/commands.json', JSON.stringify(commands));
  const machine = `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const toMake = await layersToMakeFrom(settings);
  const page = storagePage({ stored, toMake, machine, date: new Date().toISOString().slice(0, 10) });
  console.log(page);
  if (images.length < all.length) return;
  writeGenerated('docs/bench/storage.md', page);
}

/** The legacy image of one that there may be; gives the packages that were left out. */
async function made(image: DeclaredImage | undefined): Promise<readonly string[]> {
  return image === undefined ? [] : makeLegacy(image.name);
}

/** What the contract says of a legacy image; a second bench is told again what was said of the same image by the same items. */
async function verdictOn(image: DeclaredImage, objects: readonly SynthesizedObject[]): Promise<Verdict> {
  const reference = `registry.local:5000/${legacyRepository(image)}:latest`;
  const tried = [await digestOfTag(reference), contractOf(image)].join(' ').replaceAll(/\W+/g, '-');
  const said = join(legacyWork, `verdict-${image.name}-${tried}.json`);
  if (existsSync(said)) return JSON.parse(readFileSync(said, 'utf8')) as Verdict;
  const verdict = await tryContract(image, reference, objects);
  writeFileSync(said, JSON.stringify(verdict));
  return verdict;
}
