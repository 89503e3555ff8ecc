/**
 * `npm run bench -- layers`: the same images in one registry, the legacy way, as ours were before and as they are; what they take there, what
 * nodes fetch, and what an update changes; writes docs/bench/layers.md and its picture, docs/bench/layers.svg.
 *
 * Needs the embedded platform with all images promoted (`npm start -- --all`), root, Go, containerd and ctr. Legacy images that the layout in
 * `/tmp/csb-legacy-images` lacks are made first, a minute or two each. What is pushed here goes into repositories below bench-layers/, which are
 * forgotten at the end.
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { withAllFamilies } from '../cli/images-of-the-way';
import { interruptible } from '../cli/interruptible';
import { readSettings } from '../lib/settings/settings';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { ourStyles, packagedImages, styledImage } from './layers/compared-images';
import { DpkgLayers } from './layers/dpkg-layers';
import { familyColumns } from './layers/family-columns';
import { type NodeUpdate, measureOnNode, type UpdatedImage } from './layers/node-updates';
import { RELEASE, UPDATES } from './layers/package-updates';
import { layersPage } from './layers/page';
import { layersPicture } from './layers/picture';
import { type PackagedImages, registryUpdate } from './layers/registry-updates';
import { type Makers, makersOfRunImages } from './layers/run-image-layers';
import { type Style, type StyledImage, stylesOf } from './layers/styles';
import { forgetUpdated } from './layers/updated-image';
import { type ComparedImage, comparedImages, legacyRepository, ourRepository, standsForFamily } from './legacy-images';
import { layersToMakeFrom } from './made-from';
import { writeGenerated } from './write-generated';

const root = join(__dirname, '..');

export interface LayersOptions {
  /** The tag that our images of before have. Left out without one. */
  readonly before?: string;
}

/** Measures, and writes docs/bench/layers.md and layers.svg. */
export async function benchLayers({ before }: LayersOptions): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const settings = withAllFamilies(readSettings(root, 'local'));
  const declared = comparedImages(settings);
  const makers = await makersOfRunImages();
  const images = await allStyles(declared, before, makers);
  const styles = stylesOf(images);
  const released = images.filter(({ distro }) => distro === RELEASE);
  console.log(`the packages of the layers of ${released.length} images of ${RELEASE}`);
  const packaged = await packagedImages(released, makers, new DpkgLayers());
  const nodes = styles
    // What Docker would have packed is in no registry.
    .filter((style) => style !== 'docker')
    .flatMap((style) => updatedImages(released, packaged, style, before));
  const page = layersPage({
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    images,
    families: images.filter((image) => standsForFamily(image, images)).map(({ name }) => name),
    toMake: await layersToMakeFrom(settings),
    registryUpdates: UPDATES.map((update) => registryUpdate(update, packaged, styles)),
    nodeUpdates: await onNodes(nodes),
  });
  console.log(page);
  writeFileSync(join(root, 'docs/bench/layers.svg'), layersPicture(RELEASE, await familyColumns(declared, RELEASE)));
  writeGenerated('docs/bench/layers.md', page);
}

async function allStyles(
  declared: readonly ComparedImage[],
  before: string | undefined,
  makers: Makers,
): Promise<readonly StyledImage[]> {
  // What is missing of ours is said before hours of legacy images.
  const ours = [];
  for (const image of declared) ours.push({ image, own: await ourStyles(image, before, makers) });
  const images: StyledImage[] = [];
  for (const { image, own } of ours) {
    console.log(`${image.name}, ${images.length + 1} of ${declared.length}`);
    images.push(await styledImage(image, own));
  }
  return images;
}

/** The images that updates are tried with on a node, in one style. */
function updatedImages(images: readonly StyledImage[], packaged: PackagedImages, style: Style, before = ''): UpdatedImage[] {
  return images.flatMap((image, i) => {
    if (!UPDATES.some((update) => update.image === image.name)) return [];
    const repository = style === 'umoci' ? legacyRepository(image) : ourRepository(image);
    const place = { repository, tag: style === 'before' ? before : 'latest' };
    return [{ name: image.name, style, place, layers: packaged[style]?.[i] ?? [] }];
  });
}

async function onNodes(images: readonly UpdatedImage[]): Promise<readonly NodeUpdate[]> {
  console.log(`${images.length} times a new node`);
  return interruptible(async (interrupted) => {
    await forgetUpdated();
    try {
      const found: NodeUpdate[] = [];
      for (const image of images) {
        const updates = UPDATES.filter((update) => update.image === image.name);
        found.push(...(await measureOnNode(image, updates, interrupted)));
      }
      // As the page has them: each update, in each style.
      return UPDATES.flatMap(({ name }) => found.filter(({ update }) => update === name));
    } finally {
      await forgetUpdated();
    }
  });
}
