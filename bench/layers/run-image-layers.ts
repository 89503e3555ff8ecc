import { STATE_NAME } from '../../lib/buildpacks/layers/layer-plan';
import { contentOf, type Layer, repositories, tagsOf } from '../../test/cluster/rebase/registry-content';
import type { PackagedLayer } from './changed-layers';

/** What made the layers of run images, by their digests: a rebased image has no history that says so, its run image has. */
export type Makers = ReadonlyMap<string, string>;

/** Those of all run images that the registry has, of today and of before. */
export async function makersOfRunImages(): Promise<Makers> {
  const makers = new Map<string, string>();
  for (const repository of (await repositories('platform/')).filter((name) => name.endsWith('-run')))
    for (const tag of (await tagsOf(repository)).filter((each) => each.startsWith('c-')))
      for (const { digest, what } of (await contentOf(repository, tag))?.layers ?? []) makers.set(digest, what);
  return makers;
}

/**
 * The layers of one of our images: those of its run image, each with the packages that its maker names, and those above.
 *
 * @throws Error where no run image in the registry explains the lowest ones
 */
export function explainedLayers(image: string, layers: readonly Layer[], makers: Makers): readonly PackagedLayer[] {
  const above = layers.findLastIndex(({ digest }) => makers.has(digest)) + 1;
  return layers.map((layer, i) => {
    if (i >= Math.max(above, 1)) return { ...layer, place: 'above', packages: [] };
    const what = makers.get(layer.digest);
    if (what === undefined)
      throw new Error(
        `no run image in the registry has layer ${i + 1} of ${image}, ${layer.digest}; expected its run image under platform/`,
      );
    const { name, packages } = madeOf(what);
    return { ...layer, what, place: name === STATE_NAME ? 'state' : 'packages', packages };
  });
}

/** What csb-registry writes of a layer, `openssl: libssl3 openssl`, or only `state`. Of what is undivided: one name, and no packages. */
export function madeOf(what: string): { readonly name: string; readonly packages: readonly string[] } {
  const [, name = what, packages = ''] = /^([^ :]+): (.*)$/.exec(what) ?? [];
  return { name, packages: packages.split(' ').filter((each) => each !== '') };
}
