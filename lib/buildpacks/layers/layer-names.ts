import { type PlannedLayer, STATE_NAME } from './layer-plan';
import { compare } from './planned-image';
import type { NewLayer } from './spread';

/** Layers as a plan has them, each called after its largest source. Names that are taken get a number. */
export function namedLayers(layers: readonly NewLayer[], taken: Set<string>): PlannedLayer[] {
  return layers.map((layer) => {
    const name = unlike(largestSource(layer), taken.add(STATE_NAME));
    taken.add(name);
    const packages = layer.atoms.flatMap((atom) => atom.packages).sort();
    return { name, ...(layer.volatile && { volatile: true as const }), packages };
  });
}

function largestSource({ atoms }: NewLayer): string {
  const [largest] = [...atoms].sort((one, other) => other.bytes - one.bytes || compare(one.source, other.source));
  return largest?.source ?? '';
}

function unlike(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
