import type { Layer } from '../../test/cluster/rebase/registry-content';
import type { PackageUpdate } from './package-updates';
import type { Style } from './styles';

/** A layer with what decides whether an update changes it. */
export interface PackagedLayer extends Layer {
  /** Of Debian's packages, of what no package owns (of ours alone), or of what was laid above the run image. */
  readonly place: 'packages' | 'state' | 'above';
  /** Debian packages with files in it. */
  readonly packages: readonly string[];
}

/**
 * The layers of an image that an update makes anew, the lowest first; none where the image has none of its packages.
 *
 * A legacy layer depends on all below it. One of ours of before depends on those below it in the run image, and what buildpacks laid above on
 * none. Of ours, each depends on its packages alone; the state has dpkg's word of every one.
 */
export function changedLayers(
  style: Style,
  layers: readonly PackagedLayer[],
  { packages }: Pick<PackageUpdate, 'packages'>,
): readonly PackagedLayer[] {
  const has = (layer: PackagedLayer): boolean => layer.packages.some((name) => packages.test(name));
  const lowest = layers.findIndex(has);
  if (lowest === -1) return [];
  switch (style) {
    case 'umoci':
    case 'docker':
      return layers.slice(lowest);
    case 'before':
      return layers.slice(lowest).filter(({ place }) => place !== 'above');
    case 'ours':
      return layers.filter((layer) => has(layer) || layer.place === 'state');
  }
}
