import type { Layer } from '../../test/cluster/rebase/registry-content';
import { once, sizeOf } from '../stored-layers';
import { changedLayers, type PackagedLayer } from './changed-layers';
import type { PackageUpdate } from './package-updates';
import type { ByStyle, Style } from './styles';

/** The same images in each style, with the packages of each layer. */
export type PackagedImages = ByStyle<readonly (readonly PackagedLayer[])[]>;

/** An update as the registry gets it. */
export interface RegistryUpdate {
  readonly update: string;
  /** How many images have one of its packages. */
  readonly images: number;
  /** The layers that change, each once, as large as they are now. */
  readonly layers: Readonly<Partial<Record<Style, readonly Layer[]>>>;
}

/** What an update makes anew over all images of a release. */
export function registryUpdate(update: PackageUpdate, images: PackagedImages, styles: readonly Style[]): RegistryUpdate {
  const changed = (style: Style): readonly (readonly PackagedLayer[])[] =>
    (images[style] ?? []).map((layers) => changedLayers(style, layers, update)).filter(({ length }) => length > 0);
  return {
    update: update.name,
    images: changed('ours').length,
    layers: Object.fromEntries(styles.map((style) => [style, once(changed(style).flat())])),
  };
}

/** In bytes. */
export const newBytes = ({ layers }: RegistryUpdate, style: Style): number => sizeOf(layers[style] ?? []);
