import type { Layer } from '../test/cluster/rebase/registry-content';

/** What layers take as they are stored, in bytes. */
export const sizeOf = (layers: readonly Pick<Layer, 'size'>[]): number => layers.reduce((total, { size }) => total + size, 0);

/** Each layer once: what a registry stores. */
export function once<T extends Pick<Layer, 'digest'>>(layers: readonly T[]): readonly T[] {
  return [...new Map(layers.map((layer) => [layer.digest, layer] as const)).values()];
}
