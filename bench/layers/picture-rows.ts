import { STATE_NAME } from '../../lib/buildpacks/layers/layer-plan';
import { compare } from '../../lib/buildpacks/layers/planned-image';

/** A layer of a run image. */
interface NamedLayer {
  readonly digest: string;
  /** In bytes, compressed. */
  readonly size: number;
  /** As the plan calls it, or `state`. */
  readonly name: string;
}

/** The run image of a family. */
export interface FamilyColumn {
  readonly name: string;
  /** The lowest first. */
  readonly layers: readonly NamedLayer[];
}

/** Who has a layer: all families, some, or one. States are apart: each family has its own by design. */
export type Sharing = 'all' | 'some' | 'one' | 'state';

/** A layer, once, however many families have it. */
export interface PictureRow extends NamedLayer {
  /** The numbers of the columns that have it, in their order. */
  readonly columns: readonly number[];
  readonly sharing: Sharing;
}

/** All layers of some families, the lowest first; those of one name, which differ by which packages a family has, are together. */
export function pictureRows(columns: readonly FamilyColumn[]): readonly PictureRow[] {
  const rows = new Map<string, { layer: NamedLayer; columns: number[] }>();
  for (const [i, { layers }] of columns.entries())
    for (const layer of layers) {
      const row = rows.get(layer.digest) ?? { layer, columns: [] };
      rows.set(layer.digest, row);
      row.columns.push(i);
    }
  const order = namesInOrder(columns);
  return [...rows.values()]
    .map(({ layer, columns: having }) => ({ ...layer, columns: having, sharing: sharingOf(layer, having, columns) }))
    .sort(
      (one, other) =>
        order.indexOf(one.name) - order.indexOf(other.name) ||
        other.columns.length - one.columns.length ||
        (one.columns[0] ?? 0) - (other.columns[0] ?? 0) ||
        compare(one.digest, other.digest),
    );
}

function sharingOf({ name }: NamedLayer, having: readonly number[], all: readonly FamilyColumn[]): Sharing {
  if (name === STATE_NAME) return 'state';
  if (having.length === all.length) return 'all';
  return having.length === 1 ? 'one' : 'some';
}

/** An order of names that every image keeps; where images leave it open, the one of the first image that has a name. */
function namesInOrder(columns: readonly FamilyColumn[]): readonly string[] {
  const chains = columns.map(({ layers }) => layers.map(({ name }) => name));
  const ordered: string[] = [];
  const rest = new Set(chains.flat());
  while (rest.size > 0) {
    const isLowest = (name: string): boolean =>
      chains.every((chain) => !chain.includes(name) || chain.slice(0, chain.indexOf(name)).every((below) => !rest.has(below)));
    const next = [...rest].find(isLowest);
    if (next === undefined)
      throw new Error(`images have these layers in different orders: ${[...rest].join(', ')}; expected those of one plan`);
    ordered.push(next);
    rest.delete(next);
  }
  return ordered;
}
