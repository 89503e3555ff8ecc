/**
 * `npm run bench -- storage`: the legacy images as their Dockerfiles define them, pushed into the registry that has ours, and tried by the
 * same contract; writes docs/bench/storage.md, and stacks/legacy/commands.json, which commands of the legacy ones ours lack.
 *
 * Needs the embedded platform with all images promoted (`npm start -- --all`), and root. What was made stays in `/tmp/csb-legacy-images`, so that
 * a second run goes on where the first was ended: images are made once, and tried once by the same items.
 */
import { execFile, execFileSync } from 'node:child_process';
import { execa } from 'execa';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DeclaredImage, declaredImages, declaredRuns } from '../cli/declared-images';
import { withAllFamilies } from '../cli/images-of-the-way';
import { readSettings } from '../lib/settings/settings';
import { IMAGE_ANNOTATION } from '../lib/tekton/pipeline-run';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { digestOfTag } from '../local/demo/registry-image';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { declareEnvironment } from '../stacks/environment';
import { isCurrent, legacyDefinition } from '../stacks/legacy/catalogue';
import { type CommandParity, comparedCommands } from '../stacks/legacy/parity';
import { synthesizeApp } from '../stacks/synthesize-environment';
import { type Layer, layersOf, REGISTRY } from '../test/cluster/rebase/registry-content';
import { commandsOf } from './commands';
import { contractOf, tryContract, type Verdict } from './legacy-contract';
import { storagePage, type Stored } from './storage-page';

const run = promisify(execFile);
const root = join(__dirname, '..');
const work = join(tmpdir(), 'csb-legacy-images');
const layout = join(work, 'layout');
const leftOut = join(work, 'left-out');

/** Its Node came from no package of Debian, so that its Dockerfile cannot be followed with Debian's mirror alone. */
const NOT_OF_DEBIAN = /^node16-/;

/** Measures, and writes docs/bench/storage.md when no image was left out. */
export async function benchStorage(names: readonly string[]): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const settings = withAllFamilies(readSettings(root, 'local'));
  const { objects } = synthesizeApp(declareEnvironment('local', settings));
  const all = declaredImages('local', settings).filter(({ name }) => isCurrent(name) && !NOT_OF_DEBIAN.test(name));
  const images = all.filter(({ name }) => names.length === 0 || names.includes(name));
  mkdirSync(work, { recursive: true });
  const stored: Stored[] = [];
  const commands: Record<string, CommandParity> = { ...comparedCommands };
  let next = makeLegacy(images[0]?.name);
  for (const [i, image] of images.entries()) {
    console.log(`${image.name}, ${i + 1} of ${images.length}`);
    const without = await next;
    // The next one while this one is tried: that waits more than it works.
    next = makeLegacy(images[i + 1]?.name);
    next.catch(() => undefined);
    const verdict = isTried(image, all) ? await verdictOn(image, objects) : undefined;
    if (verdict) console.log(`  ${verdict.summary} ${verdict.failed.join(', ')}`);
    const [theirs, ours] = [await layersOf(legacy(image), 'latest'), await layersOf(nameOf(image), 'latest')];
    stored.push({ name: image.name, legacy: theirs, ours, without, ...(verdict && { verdict }) });
    const [had, has] = [await commandsOf(legacy(image), theirs), await commandsOf(nameOf(image), ours)];
    commands[image.name] = { legacy: had.length, absent: had.filter((each) => !has.includes(each)) };
  }
  writeFileSync(join(root, 'stacks/legacy/commands.json'), `${JSON.stringify(commands, undefined, 2)}\n`);
  const machine = `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  // Base images, build images, runtimes and builders are in the same registry.
  const runs = declaredRuns('local', settings).flatMap(({ manifest }) => manifest.metadata.annotations?.[IMAGE_ANNOTATION] ?? []);
  const toMake = (await Promise.all(runs.filter((each) => each.includes('/platform/')).map(layersAt))).flat();
  const page = storagePage({ stored, toMake, machine, date: new Date().toISOString().slice(0, 10) });
  console.log(page);
  if (images.length < all.length) return;
  const file = join(root, 'docs/bench/storage.md');
  writeFileSync(file, page);
  execFileSync('npx', ['prettier', '--write', file], { cwd: root, stdio: 'inherit' });
}

/** What the contract says of a legacy image; a second bench is told again what was said of the same image by the same items. */
async function verdictOn(image: DeclaredImage, objects: readonly SynthesizedObject[]): Promise<Verdict> {
  const reference = `registry.local:5000/${legacy(image)}:latest`;
  const tried = [await digestOfTag(reference), contractOf(image)].join(' ').replaceAll(/\W+/g, '-');
  const said = join(work, `verdict-${image.name}-${tried}.json`);
  if (existsSync(said)) return JSON.parse(readFileSync(said, 'utf8')) as Verdict;
  const verdict = await tryContract(image, reference, objects);
  writeFileSync(said, JSON.stringify(verdict));
  return verdict;
}

/** Of a reference `<host>/<repository>:<tag>`. */
async function layersAt(reference: string): Promise<readonly Layer[]> {
  const [, repository = '', tag = ''] = /^[^/]+\/(.+):([^:@]+)/.exec(reference) ?? [];
  return layersOf(repository, tag);
}

const nameOf = ({ name }: DeclaredImage): string => `toolforge-${name}`;
const legacy = ({ name }: DeclaredImage): string => `legacy/toolforge-${name}`;

/** One image of each family: that for webservices where there is one. */
function isTried({ name }: DeclaredImage, all: readonly DeclaredImage[]): boolean {
  const web = name.replace(/-base$/, '-web').replace(/^(\w+)-sssd$/, '$1-web-sssd');
  return web === name || !all.some((other) => other.name === web);
}

/** A legacy image, and those that it is made from. */
function lineage(name: string): string[] {
  const parent = isCurrent(name) ? legacyDefinition(name).parent : undefined;
  return parent === undefined ? [name] : [name, ...lineage(parent)];
}

/** Makes it, unless the layout has it, and pushes it; gives the packages that were left out. */
async function makeLegacy(name: string | undefined): Promise<readonly string[]> {
  if (name === undefined) return [];
  const { exitCode, stderr } = await execa(join(root, 'bench/legacy-images.sh'), [layout, name], {
    reject: false,
    stdout: 'ignore',
  });
  if (exitCode !== 0) throw new Error(`legacy-images.sh ${name} ended with ${exitCode}: ${stderr.slice(-2000)}`);
  const prefix = 'left out of ';
  // A run that goes on finds what is made, and is not told again.
  appendFileSync(
    leftOut,
    stderr
      .split('\n')
      .flatMap((line) => (line.startsWith(prefix) ? `${line}\n` : []))
      .join(''),
  );
  const target = `docker://${REGISTRY}/legacy/toolforge-${name}:latest`;
  await run('skopeo', ['copy', '--quiet', '--dest-tls-verify=false', `oci:${layout}:${name}`, target]);
  const said = readFileSync(leftOut, 'utf8').split('\n');
  return lineage(name).flatMap((each) => {
    const of = `${prefix}${each}: `;
    return [...new Set(said.filter((line) => line.startsWith(of)))].map((line) => line.slice(of.length));
  });
}
