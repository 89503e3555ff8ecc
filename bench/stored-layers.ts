import type { FinishedRun } from '../test/cluster/rebase/finished-runs';
import { type Layer, layersOf } from '../test/cluster/rebase/registry-content';

/** What layers take as they are stored, in bytes. */
export const sizeOf = (layers: readonly Pick<Layer, 'size'>[]): number => layers.reduce((total, { size }) => total + size, 0);

/** Each layer once: what a registry stores. */
export function once<T extends Pick<Layer, 'digest'>>(layers: readonly T[]): readonly T[] {
  return [...new Map(layers.map((layer) => [layer.digest, layer] as const)).values()];
}

/** The layers of what a run made that are not known yet, by digest; they are from then on. */
export async function newLayers(
  { repository, digest }: Pick<FinishedRun, 'repository' | 'digest'>,
  known: Set<string>,
): Promise<readonly Layer[]> {
  const fresh = (await layersOf(repository, digest)).filter((layer) => !known.has(layer.digest));
  for (const layer of fresh) known.add(layer.digest);
  return fresh;
}
