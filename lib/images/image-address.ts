import { type Buildpack, buildpackHash } from '../buildpacks/buildpack/buildpack';
import type { IBuilder } from '../buildpacks/builder/builder';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import type { IStack } from '../buildpacks/stack/stack';
import { type Address, addressOf } from '../registry/address';
import { versionIn } from '../registry/image-reference';
import { contentHash } from '../synth/content-hash';
import { DESCRIBED, descriptorOf, laidOf, PLAIN, shortId } from './descriptor';
import { IMAGE_SCRIPTS } from './image-scripts';
import { laysPart, type Part } from './part';

/**
 * The address of an image: all that decides its own layers and its configuration. Of the run image only what programs rely on and what the
 * image's configuration has from it, not the versions of packages: another run image of the same interface means a rebase, under the same
 * address (docs/decisions/0001).
 *
 * @param stack - of its run image
 */
export function imageAddress(name: string, parts: readonly Part[], builder: IBuilder, stack: IStack = builder.stack): Address {
  return addressOf({
    descriptor: descriptorOf(name, parts),
    ...building(parts, { builder, stack }, ({ id }) => id === (laidOf(parts).length > 0 ? DESCRIBED : PLAIN)),
    recipe: [IMAGE_SCRIPTS.prepare, IMAGE_SCRIPTS.build, IMAGE_SCRIPTS.guard, IMAGE_SCRIPTS.export],
  });
}

/**
 * The address of a tool's image: as that of a platform image, and the source, by its commit and not by where it is read.
 *
 * @param made - what all commits are made by
 */
export function toolImageAddress(commit: string, made: ToolImageMaking): Address {
  // lib/images/steps/follow.sh does the same of commits that no declaration knows.
  return addressOf({ commit, made });
}

declare const making: unique symbol;
/** The hash of all that decides the layers of a tool's image beside the commit: 64 hex characters. */
export type ToolImageMaking = string & { readonly [making]: true };

/**
 * What decides the layers of a tool's image beside the commit. Buildpacks that look at the source count whether it uses them or not: a
 * declaration cannot know.
 *
 * @param folder - of the source; empty for the whole
 * @param descriptor - empty without parts
 * @param stack - of its run image
 */
export function toolImageMaking(
  folder: string,
  descriptor: string,
  parts: readonly Part[],
  builder: IBuilder,
  stack: IStack = builder.stack,
): ToolImageMaking {
  return contentHash({
    folder,
    descriptor,
    ...building(parts, { builder, stack }, (buildpack) => {
      if (buildpack.id === DESCRIBED) return descriptor !== '';
      return buildpack.id !== PLAIN && !laysPart(buildpack);
    }),
    recipe: [IMAGE_SCRIPTS.prepare, IMAGE_SCRIPTS.fetch, IMAGE_SCRIPTS.build, IMAGE_SCRIPTS.guard, IMAGE_SCRIPTS.export],
  }) as ToolImageMaking;
}

function building(
  parts: readonly Part[],
  { builder, stack }: { readonly builder: IBuilder; readonly stack: IStack },
  isWanted: (buildpack: Buildpack) => boolean,
): object {
  const { buildpacks, runtimes, order, system, buildConfig, lifecycle } = builder;
  const always = new Set([...system.pre, ...system.post].map(({ id }) => id));
  const laying = new Set(laidOf(parts).map(({ name }) => name));
  const used = buildpacks.filter((each) => always.has(each.id) || laying.has(shortId(each.id)) || isWanted(each));
  const names = new Set(used.map(({ id }) => id));
  return {
    buildpacks: used.map((buildpack) => ({ id: buildpack.id, hash: hashFor(buildpack, parts) })),
    // In which order they run is part of what they make; those that do not take part have no place in it.
    order: order.map((group) => group.filter(({ id }) => names.has(id))).filter((group) => group.length > 0),
    system,
    buildConfig,
    // Also those of buildpacks that look at the source.
    runtimes: runtimes.filter(({ name }) => names.has(`toolforge/${name}`)).map(({ image }) => image.address),
    lifecycle: versionIn(lifecycle),
    platform: PLATFORM_API,
    target: stack.target,
    abi: contentHash(stack.abi),
    // An image knows the name of what it can be rebased on: the lifecycle refuses a run image of another one.
    stack: stack.name,
    // A rebase puts layers on another run image and keeps the configuration that the image has.
    user: stack.user,
  };
}

/** Of a buildpack that lays one thing or another, by the options of its part, the files of the others do not count. */
function hashFor(buildpack: Buildpack, parts: readonly Part[]): string {
  const counts = parts.find(({ name }) => name === shortId(buildpack.id))?.counts;
  return counts === undefined ? buildpack.hash : buildpackHash(buildpack.files.filter(({ path }) => counts(path)));
}
