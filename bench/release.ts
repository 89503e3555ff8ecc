/**
 * `npm run bench -- release`: one security update of all images of a release, by one `up` and the legacy way; writes docs/bench/release.md.
 *
 * Needs the embedded platform with the release's images (`npm start -- --all`), and root for the legacy ones. The platform images are in
 * repositories of the bench's own; what they stand on is the platform's, and what the update makes of it is forgotten again.
 */
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { withAllFamilies } from '../cli/images-of-the-way';
import type { PlanReport } from '../cli/plan-report';
import { readSettings } from '../lib/settings/settings';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { familyOf } from '../stacks/families';
import { legacyDefinition } from '../stacks/legacy/catalogue';
import { forget } from '../test/cluster/checkout';
import { type FinishedRun, imageRuns } from '../test/cluster/rebase/finished-runs';
import { takeBack } from '../test/cluster/rebase/older-packages';
import { type Layer, layersOf, REGISTRY, tagsOf } from '../test/cluster/rebase/registry-content';
import { WholeCheckout } from '../test/cluster/rebase/whole-checkout';
import { RELEASE } from './layers/package-updates';
import { comparedImages } from './legacy-images';
import { madeAnew } from './made-anew';
import { processorTime, usedBetween } from './processor-time';
import { releasePage } from './release-page';
import { once, sizeOf } from './stored-layers';
import { writeGenerated } from './write-generated';

const root = join(__dirname, '..');
const LAYERS = 'platform/layers';

/** Sources in the base with a security update that no test makes. */
const SOURCES = [
  ['liblzma5', 'xz-utils', 'liblzma-dev'],
  ['perl-base', 'perl', 'perl-modules-5.36', 'libperl5.36'],
] as const;

/** Measures, and writes docs/bench/release.md. */
export async function benchRelease(): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const images = comparedImages(withAllFamilies(readSettings(root, 'local')))
    .map(({ name }) => name)
    .filter((name) => legacyDefinition(name).distro === RELEASE);
  const families = [...new Set(images.map((name) => familyOf(name)?.name ?? ''))];
  const checkout = new WholeCheckout('bench-release', `bench-${Date.now().toString(36)}`);
  try {
    checkout.edit('Pulumi.local.yaml', (text) => text.replace(/:families: .*/, `:families: [${families.join(', ')}]`));
    // Of the demo, images follow branches, which need their builder before they are declared. No platform image does when it is rebased.
    checkout.edit('Pulumi.local.yaml', (text) => text.replace('demo: true', 'demo: false'));
    console.log(`${images.length} images of ${families.join(', ')}, as they are`);
    await checkout.up();
    const before = await layersMadeBy(imageRuns(checkout.namespace));
    const packed = new Set(await tagsOf(LAYERS));
    const earlier = new Set(imageRuns(checkout.namespace).map(({ repository, tag }) => `${repository}:${tag}`));
    const change = await takeBack(checkout, { sources: SOURCES, locks: locksOf(checkout.directory) });
    console.log(`${change.packages.join(', ')}: ${change.before} in place of ${change.after}`);
    await forgetFound(checkout);
    const [start, usedBefore] = [Date.now(), await processorTime()];
    try {
      await checkout.up();
      const seconds = (Date.now() - start) / 1000;
      const processors = usedBetween(usedBefore, await processorTime());
      const runs = imageRuns(checkout.namespace).filter(({ started }) => started >= start - 1000);
      mustBeMade(runs, images);
      const after = await layersMadeBy(runs);
      console.log(`${seconds} s; the legacy images`);
      const legacy = await madeAnew(images, `${checkout.prefix}/legacy`);
      const known = new Set(before.map(({ digest }) => digest));
      writeGenerated(
        'docs/bench/release.md',
        releasePage({
          date: new Date().toISOString().slice(0, 10),
          machine: `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
          release: RELEASE,
          change,
          images,
          runs,
          start,
          seconds,
          processors,
          bytes: sizeOf(once(after.filter(({ digest }) => !known.has(digest)))),
          legacy: { seconds: legacy.seconds, bytes: sizeOf(once(Object.values(legacy.layers).flat())) },
        }),
      );
    } finally {
      // It can be measured again only when nothing of it is found.
      for (const { repository, tag } of imageRuns(checkout.namespace))
        if (!earlier.has(`${repository}:${tag}`)) await forget(`${REGISTRY}/${repository}:${tag}`);
      for (const tag of await tagsOf(LAYERS)) if (!packed.has(tag)) await forget(`${REGISTRY}/${LAYERS}:${tag}`);
    }
  } finally {
    await checkout.remove();
  }
}

/** Of what the update makes, what a bench that was killed has left: it would be found, and nothing be measured. */
async function forgetFound(checkout: WholeCheckout): Promise<void> {
  const { output } = await checkout.shell('npm run --silent csb -- plan --json 2>/dev/null');
  const { runs } = JSON.parse(output.slice(output.indexOf('{'))) as PlanReport;
  for (const { image } of runs.filter(({ does, run }) => does === 'find' && run.startsWith(RELEASE))) {
    console.log(`${image ?? ''} is there from before, and is forgotten`);
    await forget(image ?? '');
  }
}

function mustBeMade(runs: readonly FinishedRun[], images: readonly string[]): void {
  const missing = images.filter((name) => !runs.some(({ id, made }) => id === name && made === 'rebased'));
  const found = runs.filter(({ id, made }) => id.startsWith(RELEASE) && made === 'found').map(({ id }) => id);
  if (missing.length > 0) throw new Error(`${missing.join(', ')} was not rebased`);
  if (found.length > 0) throw new Error(`${found.join(', ')} had been made before, so that nothing is measured`);
}

async function layersMadeBy(runs: readonly FinishedRun[]): Promise<readonly Layer[]> {
  return (await Promise.all(runs.map(({ repository, digest }) => layersOf(repository, digest)))).flat();
}

const locksOf = (directory: string): string[] =>
  readdirSync(join(directory, 'stacks/locks')).filter((file) => new RegExp(`^${RELEASE}(-[^.]+)?\\.json$`).test(file));
