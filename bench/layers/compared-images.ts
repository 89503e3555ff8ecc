import { legacyDefinition } from '../../stacks/legacy/catalogue';
import { type Layer, layersOf } from '../../test/cluster/rebase/registry-content';
import { type ComparedImage, legacyRepository, makeLegacy, ourRepository } from '../legacy-images';
import type { PackagedLayer } from './changed-layers';
import type { DpkgLayers } from './dpkg-layers';
import { asDockerPacks } from './recompressed';
import type { PackagedImages } from './registry-updates';
import { explainedLayers, type Makers } from './run-image-layers';
import type { StyledImage } from './styles';

/** An image of ours, as it is and, where a tag of it was named, as it was before. */
type Ours = Pick<StyledImage['layers'], 'ours' | 'before'>;

/**
 * Ours, from the registry.
 *
 * @param before - the tag of ours of before
 * @throws Error where the registry has none, or the one of today is not divided by package yet
 */
export async function ourStyles(image: ComparedImage, before: string | undefined, makers: Makers): Promise<Ours> {
  const repository = ourRepository(image);
  const ours = await layersOf(repository, 'latest');
  if (!explainedLayers(image.name, ours, makers).some(({ place }) => place === 'state'))
    throw new Error(
      `${repository}:latest is not divided by package: no layer of it is the state. Make it with npm start -- --all`,
    );
  return { ours, ...(before !== undefined && { before: await layersOf(repository, before) }) };
}

/** An image in each style; makes the legacy one where it is not there. */
export async function styledImage(image: ComparedImage, ours: Ours): Promise<StyledImage> {
  await makeLegacy(image.name);
  const umoci = await layersOf(legacyRepository(image), 'latest');
  const docker: Layer[] = [];
  for (const layer of umoci) docker.push(await asDockerPacks(legacyRepository(image), layer));
  return { name: image.name, distro: legacyDefinition(image.name).distro, layers: { umoci, docker, ...ours } };
}

/** Images with the packages of each layer: of ours as their makers say, of the others as dpkg's lists in the layers do. */
export async function packagedImages(images: readonly StyledImage[], makers: Makers, dpkg: DpkgLayers): Promise<PackagedImages> {
  const umoci: PackagedLayer[][] = [];
  const docker: PackagedLayer[][] = [];
  const before: PackagedLayer[][] = [];
  for (const image of images) {
    const { layers } = image;
    const legacy = await withLists(legacyRepository(image), layers.umoci, dpkg);
    umoci.push(legacy);
    docker.push(legacy.map((layer, i) => ({ ...layer, size: layers.docker[i]?.size ?? NaN })));
    const explained = explainedLayers(image.name, layers.before ?? [], makers);
    const run = await withLists(
      ourRepository(image),
      explained.filter(({ place }) => place !== 'above'),
      dpkg,
    );
    before.push([...run, ...explained.slice(run.length)]);
  }
  const ours = images.map(({ name, layers }) => explainedLayers(name, layers.ours, makers));
  return { umoci, docker, ours, ...(images.every(({ layers }) => layers.before !== undefined) && { before }) };
}

async function withLists(repository: string, layers: readonly Layer[], dpkg: DpkgLayers): Promise<PackagedLayer[]> {
  const found: PackagedLayer[] = [];
  for (const layer of layers) found.push({ ...layer, place: 'packages', packages: await dpkg.packagesIn(repository, layer) });
  return found;
}
