import type { IBuilder } from '../buildpacks/builder/builder';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import { type Address, addressOf } from '../registry/address';
import { versionIn } from '../registry/image-reference';
import { contentHash } from '../synth/content-hash';
import { descriptorOf, type Parts } from './descriptor';
import { IMAGE_SCRIPTS } from './image-scripts';

/** The part of a buildpack's id by which parts and runtimes name it. */
export const shortId = (id: string): string => id.replace(/^toolforge\//, '');

/**
 * The address of an image: all that decides its own layers. Of the run image only what programs rely on, not the versions of packages:
 * another run image of the same interface means a rebase, under the same address (docs/decisions/0001).
 */
export function imageAddress(name: string, parts: Parts, builder: IBuilder): Address {
  const { buildpacks, runtimes, lifecycle, stack } = builder;
  const used = buildpacks.filter(({ id }) => id === 'toolforge/platform-image' || shortId(id) in parts);
  return addressOf({
    descriptor: descriptorOf(name, parts),
    buildpacks: used.map(({ id, hash }) => ({ id, hash })),
    runtimes: runtimes.filter((runtime) => runtime.name in parts).map(({ image }) => image.address),
    lifecycle: versionIn(lifecycle),
    platform: PLATFORM_API,
    target: stack.target,
    abi: contentHash(stack.abi),
    recipe: [IMAGE_SCRIPTS.prepare, IMAGE_SCRIPTS.build, IMAGE_SCRIPTS.export],
  });
}
