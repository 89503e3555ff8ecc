import fc from 'fast-check';
import { type Atom, partitions } from '../../../lib/buildpacks/layers/partition';

const atom = (name: string, bytes: number, rate: number): Atom => ({ source: name, packages: [name], bytes, rate });
const costOf = (layer: readonly Atom[]): number =>
  layer.reduce((sum, { rate }) => sum + rate, 0) * layer.reduce((sum, { bytes }) => sum + bytes, 0);
const total = (layers: readonly (readonly Atom[])[]): number => layers.reduce((sum, each) => sum + costOf(each), 0);

/** All ways to cut a row of atoms into so many layers. */
function* every(row: readonly Atom[], layers: number): Generator<readonly (readonly Atom[])[]> {
  if (layers === 1) yield [row];
  for (let first = 1; layers > 1 && first < row.length; first += 1)
    for (const rest of every(row.slice(first), layers - 1)) yield [row.slice(0, first), ...rest];
}

test('what is large and stays is apart from what is small and changes', () => {
  const [glibc, emacs, tzdata, curl] = [atom('glibc', 60, 1), atom('emacs', 40, 0.1), atom('tzdata', 1, 5), atom('curl', 2, 4)];
  const into = partitions([glibc, emacs, tzdata, curl], 3);
  expect(into.into(1)).toEqual([[emacs, glibc, curl, tzdata]]);
  expect(into.into(2)).toEqual([
    [emacs, glibc],
    [curl, tzdata],
  ]);
  expect(into.into(3)).toEqual([[emacs], [glibc], [curl, tzdata]]);
});

test('no partition of neighbours costs less', () => {
  const some = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 20 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 9 }), (numbers, layers) => {
      const atoms = numbers.map(([bytes, rate], i) => atom(`a${i}`, bytes, rate));
      const made = partitions(atoms, 9);
      const wanted = Math.min(layers, atoms.length);
      const row = made.into(1)[0] ?? [];
      const least = Math.min(...[...every(row, wanted)].map(total));
      expect(total(made.into(wanted))).toBeCloseTo(least, 6);
      expect(made.costs[wanted - 1]).toBeCloseTo(least, 6);
      expect(made.into(wanted).flat().length).toBe(atoms.length);
    }),
  );
});
