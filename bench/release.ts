/**
 * `npm run bench -- release`: one security update of all images of a release, by one `up` and the legacy way; writes docs/bench/release.md.
 *
 * Needs the embedded platform with all images promoted (`npm start -- --all`), and root for the legacy images. It is the environment `local`
 * itself that is updated, in a copy of this checkout, and put back in the end.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { withAllFamilies } from '../cli/images-of-the-way';
import { readSettings, type Settings } from '../lib/settings/settings';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { type FinishedRun, finishedRuns } from '../test/cluster/rebase/finished-runs';
import { takeBack } from '../test/cluster/rebase/older-packages';
import { forget } from '../test/cluster/checkout';
import { type Layer, layersOf, REGISTRY } from '../test/cluster/rebase/registry-content';
import { legacyDefinition } from '../stacks/legacy/catalogue';
import { copiedCheckout } from '../test/copied-checkout';
import { RELEASE } from './layers/package-updates';
import { type ComparedImage, comparedImages, madeAnew } from './legacy-images';
import { releasePage } from './release-page';
import { newLayers, once, sizeOf } from './stored-layers';

const root = join(__dirname, '..');
/** Each has a security update in the base that no test makes. */
const SOURCES = [
  ['liblzma5', 'xz-utils', 'liblzma-dev'],
  ['perl-base', 'perl', 'perl-modules-5.36', 'libperl5.36'],
] as const;
const LEGACY = 'bench-release';

/** Measures, and writes docs/bench/release.md. */
export async function benchRelease(): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const settings = withAllFamilies(readSettings(root, 'local'));
  const images = comparedImages(settings).filter(({ name }) => legacyDefinition(name).distro === RELEASE);
  const directory = copiedCheckout();
  try {
    const files = filesOf(directory);
    files.edit('Pulumi.local.yaml', (text) => text.replace(/:families: .*/, ':families: [all]'));
    await up(directory);
    const known = new Set((await layersOfRuns(finishedRuns(settings.namespace))).map(({ digest }) => digest));
    const change = await takeBack(files, locksOf(directory), SOURCES);
    console.log(`${change.packages.join(', ')}: ${change.before} in place of ${change.after}`);
    try {
      const start = Date.now();
      await up(directory);
      const seconds = (Date.now() - start) / 1000;
      const runs = finishedRuns(settings.namespace).filter(({ started }) => started >= start - 1000);
      mustBeMade(runs, images);
      const pushed = [];
      for (const run of runs) pushed.push(...(await newLayers(run, known)));
      console.log(`${seconds} s; ${images.length} legacy images`);
      const legacy = await madeAnew(
        images.map(({ name }) => name),
        LEGACY,
      );
      const theirs = await Promise.all(images.map(({ name }) => layersOf(`${LEGACY}/${name}`, 'latest')));
      const page = releasePage({
        date: new Date().toISOString().slice(0, 10),
        machine: `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
        release: RELEASE,
        change,
        images: images.map(({ name }) => name),
        runs,
        seconds,
        bytes: sizeOf(pushed),
        legacy: { seconds: legacy.seconds, bytes: sizeOf(once(theirs.flat())) },
      });
      console.log(page);
      const file = join(root, 'docs/bench/release.md');
      writeFileSync(file, page);
      execFileSync('npx', ['prettier', '--write', file], { cwd: root, stdio: 'inherit' });
    } finally {
      await putBack(directory, change.update, settings, images);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function up(directory: string): Promise<void> {
  await execa('node', ['--require', 'tsx/cjs', 'cli/main.ts', 'up'], { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** What was changed is declared as before, and forgotten, so that it is made once more when this is measured again. */
async function putBack(
  directory: string,
  update: () => void,
  settings: Settings,
  images: readonly ComparedImage[],
): Promise<void> {
  const stacks = finishedRuns(settings.namespace).filter(({ id }) => id.startsWith(RELEASE));
  update();
  await up(directory);
  const kept = new Set(finishedRuns(settings.namespace).map(({ tag }) => tag));
  for (const { repository, tag } of stacks) if (!kept.has(tag)) await forget(`${REGISTRY}/${repository}:${tag}`);
  for (const { name } of images) await forget(`${REGISTRY}/${LEGACY}/${name}:latest`);
}

function mustBeMade(runs: readonly FinishedRun[], images: readonly ComparedImage[]): void {
  const found = runs.filter(({ id, made }) => id.startsWith(RELEASE) && made === 'found').map(({ id }) => id);
  const missing = images.filter(({ name }) => !runs.some(({ id, made }) => id === name && made === 'rebased'));
  if (found.length > 0) throw new Error(`${found.join(', ')} had been made before, so that nothing is measured`);
  if (missing.length > 0) throw new Error(`${missing.map(({ name }) => name).join(', ')} was not rebased`);
}

async function layersOfRuns(runs: readonly FinishedRun[]): Promise<readonly Layer[]> {
  return (await Promise.all(runs.map(({ repository, digest }) => layersOf(repository, digest)))).flat();
}

const locksOf = (directory: string): string[] =>
  readdirSync(join(directory, 'stacks/locks')).flatMap((file) => /^(bookworm(-[^.]+)?)\.json$/.exec(file)?.[1] ?? []);

function filesOf(directory: string) {
  const read = (file: string): string => readFileSync(join(directory, file), 'utf8');
  return {
    read,
    edit: (file: string, change: (text: string) => string): void => {
      writeFileSync(join(directory, file), change(read(file)));
    },
  };
}
