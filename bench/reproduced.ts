import type { Content, Layer } from '../test/cluster/rebase/registry-content';

/** One build of an image. */
export interface ImageBuild {
  readonly content: Content;
  /** Seconds of the pod that made it. Undefined when `local` has made it, at another time. */
  readonly seconds?: number;
}

/** Two builds of one address. */
export interface Reproduced {
  /** The image's repository in `local`, such as `platform/bookworm-run`. */
  readonly name: string;
  readonly first: ImageBuild;
  readonly second: ImageBuild;
  /** What `local` has in its own repository, of an image that has the repository's name in it. Undefined also when it has none. */
  readonly local?: Content;
}

/** Whether both builds are one image: the digest of the manifest covers configuration and layers. */
export const isSame = ({ first, second }: Reproduced): boolean => first.content.digest === second.content.digest;

/** The layers that an image does not have in the same place as another one. */
export function otherLayers(one: Content, other: Content): readonly Layer[] {
  return other.layers.filter(({ digest }, i) => one.layers[i]?.digest !== digest);
}
