import { legacyDefinition } from '../../stacks/legacy/catalogue';
import { type Layer, layersOf } from '../../test/cluster/rebase/registry-content';
import { type ComparedImage, legacyRepository, ourRepository } from '../legacy-images';
import type { PackagedLayer } from './changed-layers';
import type { DpkgLayers } from './dpkg-layers';
import { asDockerPacks } from './recompressed';
import type { PackagedImages } from './registry-updates';
import { explainedLayers, type Makers } from './run-image-layers';
import type { StyledImage } from './styles';

/**
 * An image in each style, from the registry.
 *
 * @param before - the tag of ours of before
 */
export async function styledImage(image: ComparedImage, before: string | undefined): Promise<StyledImage> {
  const umoci = await layersOf(legacyRepository(image), 'latest');
  const docker: Layer[] = [];
  for (const layer of umoci) docker.push(await asDockerPacks(legacyRepository(image), layer));
  const ours = await layersOf(ourRepository(image), 'latest');
  const layers = { umoci, docker, ours, ...(before !== undefined && { before: await layersOf(ourRepository(image), before) }) };
  return { name: image.name, distro: legacyDefinition(image.name).distro, layers };
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
