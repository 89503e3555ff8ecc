import { compare } from './planned-image';

/** What goes into a layer as a whole: the packages of a source that the same images have. */
export interface Atom {
  readonly source: string;
  /** In alphabetical order. */
  readonly packages: readonly string[];
  readonly bytes: number;
  /** Updates a year. */
  readonly rate: number;
}

/** Atoms in the order of their rate per byte: what is large and stays first, what is small and changes last. */
type Sorted = readonly Atom[];

/** The best partitions of atoms into 1, 2, ... layers. */
export interface Partitions {
  /** Bytes a year that change with each update in 1, 2, ... layers: of each layer, its rate times its size. */
  readonly costs: readonly number[];
  /** The atoms of each of so many layers. */
  into(layers: number): readonly (readonly Atom[])[];
}

/**
 * The partitions of atoms into neighbours, in the order of their rate per byte, by which the fewest bytes change: by dynamic programming. Of
 * partitions that are not of neighbours, one may cost a little less; to find it takes exponential time.
 *
 * A layer of neighbours costs (its rate) x (its size), for which the inequality of quadrangles holds: where the last layer of a longer row
 * begins never goes back, so that halving finds all of them in n log n steps for each number of layers, k n log n in all.
 */
export function partitions(atoms: readonly Atom[], most: number): Partitions {
  const sorted: Sorted = [...atoms].sort(
    (one, other) => one.rate / one.bytes - other.rate / other.bytes || compare(nameOf(one), nameOf(other)),
  );
  const cost = costOfNeighbours(sorted);
  const count = sorted.length;
  let row = Array.from({ length: count + 1 }, (_, to) => cost(0, to));
  const costs = [row[count] ?? 0];
  const begins: number[][] = [[]];
  for (let layers = 2; layers <= Math.min(most, count); layers += 1) {
    const next = nextRow(row, layers, cost);
    row = next.costs;
    begins.push(next.begins);
    costs.push(row[count] ?? 0);
  }
  return {
    costs,
    into: (layers) => {
      const found: (readonly Atom[])[] = [];
      let end = count;
      for (let each = layers; each > 0; each -= 1) {
        const begin = each === 1 ? 0 : (begins[each - 1]?.[end] ?? 0);
        found.unshift(sorted.slice(begin, end));
        end = begin;
      }
      return found;
    },
  };
}

/** The cost of a layer of the atoms from one (inclusive) to another (exclusive). */
type Cost = (from: number, to: number) => number;

function costOfNeighbours(sorted: Sorted): Cost {
  const rates = [0];
  const bytes = [0];
  for (const [i, atom] of sorted.entries()) {
    rates.push((rates[i] ?? 0) + atom.rate);
    bytes.push((bytes[i] ?? 0) + atom.bytes);
  }
  return (from, to) => ((rates[to] ?? 0) - (rates[from] ?? 0)) * ((bytes[to] ?? 0) - (bytes[from] ?? 0));
}

/** From the least costs of the first atoms in some layers, those in one layer more, and where its last layer begins. */
function nextRow(row: readonly number[], layers: number, cost: Cost): { costs: number[]; begins: number[] } {
  const costs = row.map(() => Infinity);
  const begins = row.map(() => layers - 1);
  const fill = (first: number, last: number, lowest: number, highest: number): void => {
    if (first > last) return;
    const middle = (first + last) >> 1;
    let best = lowest;
    let least = Infinity;
    for (let begin = lowest; begin <= Math.min(highest, middle - 1); begin += 1) {
      const sum = (row[begin] ?? Infinity) + cost(begin, middle);
      if (sum < least) [least, best] = [sum, begin];
    }
    costs[middle] = least;
    begins[middle] = best;
    fill(first, middle - 1, lowest, best);
    fill(middle + 1, last, best, highest);
  };
  fill(layers, row.length - 1, layers - 1, row.length - 2);
  return { costs, begins };
}

/** No two atoms share a package. */
const nameOf = ({ packages }: Atom): string => packages[0] ?? '';
