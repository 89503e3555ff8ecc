import type { Buildpack } from '../buildpacks/buildpack/buildpack';
import type { IBuilder } from '../buildpacks/builder/builder';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import { type Address, addressOf } from '../registry/address';
import { versionIn } from '../registry/image-reference';
import { contentHash } from '../synth/content-hash';
import { descriptorOf, isPart, type Parts } from './descriptor';
import { IMAGE_SCRIPTS } from './image-scripts';
import type { GitSource } from './tool-source';

/** The part of a buildpack's id by which parts and runtimes name it. */
export const shortId = (id: string): string => id.replace(/^toolforge\//, '');

const DESCRIBED = 'toolforge/platform-image';

/**
 * The address of an image: all that decides its own layers. Of the run image only what programs rely on, not the versions of packages:
 * another run image of the same interface means a rebase, under the same address (docs/decisions/0001).
 */
export function imageAddress(name: string, parts: Parts, builder: IBuilder): Address {
  return addressOf({
    descriptor: descriptorOf(name, parts),
    ...building(parts, builder, ({ id }) => id === DESCRIBED || shortId(id) in parts),
    recipe: [IMAGE_SCRIPTS.prepare, IMAGE_SCRIPTS.build, IMAGE_SCRIPTS.guard, IMAGE_SCRIPTS.export],
  });
}

/**
 * The address of a tool's image: as that of a platform image, and the source, by its commit and not by where it is read. Buildpacks that
 * look at the source count whether it uses them or not: a declaration cannot know.
 *
 * @param descriptor - empty without parts
 */
export function toolImageAddress(
  { commit, folder = '' }: GitSource,
  descriptor: string,
  parts: Parts,
  builder: IBuilder,
): Address {
  return addressOf({
    source: { commit, folder },
    descriptor,
    ...building(parts, builder, ({ id }) =>
      id === DESCRIBED ? descriptor !== '' : !isPart(shortId(id)) || shortId(id) in parts,
    ),
    recipe: [IMAGE_SCRIPTS.prepare, IMAGE_SCRIPTS.fetch, IMAGE_SCRIPTS.build, IMAGE_SCRIPTS.guard, IMAGE_SCRIPTS.export],
  });
}

function building(parts: Parts, builder: IBuilder, isWanted: (buildpack: Buildpack) => boolean): object {
  const { buildpacks, runtimes, order, system, buildConfig, lifecycle, stack } = builder;
  const always = new Set([...system.pre, ...system.post].map(({ id }) => id));
  const used = buildpacks.filter((buildpack) => always.has(buildpack.id) || isWanted(buildpack));
  const names = new Set(used.map(({ id }) => id));
  return {
    buildpacks: used.map(({ id, hash }) => ({ id, hash })),
    // In which order they run is part of what they make; those that do not take part have no place in it.
    order: order.map((group) => group.filter(({ id }) => names.has(id))).filter((group) => group.length > 0),
    system,
    buildConfig,
    runtimes: runtimes.filter((runtime) => runtime.name in parts).map(({ image }) => image.address),
    lifecycle: versionIn(lifecycle),
    platform: PLATFORM_API,
    target: stack.target,
    abi: contentHash(stack.abi),
  };
}
