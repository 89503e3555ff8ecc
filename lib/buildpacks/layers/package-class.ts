import type { Atom } from './partition';
import { compare, type Facts, factsOf, imagesByPackage, isVolatile, type PackageFacts, type PlannedImage } from './planned-image';

/** Packages that may share a layer at no cost: the same images have them, and all of them stay, or none does. */
export interface PackageClass {
  /** In alphabetical order. */
  readonly images: readonly string[];
  readonly volatile: boolean;
  readonly atoms: readonly Atom[];
}

/** Of what was never updated since the release: once in twenty years. Without it, a layer of such packages would cost nothing, however large. */
const LEAST_RATE = 0.05;

/** The classes of packages, in a fixed order: those of the most images first. */
export function classesOf(names: Iterable<string>, images: readonly PlannedImage[], facts: Facts): readonly PackageClass[] {
  const having = imagesByPackage(images);
  const classes = new Map<
    string,
    { images: readonly string[]; volatile: boolean; atoms: Map<string, [string, PackageFacts][]> }
  >();
  for (const name of [...names].sort()) {
    const those = having.get(name) ?? [];
    const known = factsOf(facts, name);
    const volatile = isVolatile(known);
    const key = `${volatile ? 'volatile' : 'stays'} ${those.join(' ')}`;
    const own = classes.get(key) ?? { images: those, volatile, atoms: new Map<string, [string, PackageFacts][]>() };
    classes.set(key, own);
    // Packages that do not change with their source have a rate of their own.
    const atom = `${known.source} ${known.rate}`;
    own.atoms.set(atom, [...(own.atoms.get(atom) ?? []), [name, known]]);
  }
  return [...classes]
    .sort(([one, a], [other, b]) => b.images.length - a.images.length || compare(one, other))
    .map(([, { images: those, volatile, atoms }]) => ({ images: those, volatile, atoms: [...atoms.values()].map(atomOf) }));
}

function atomOf(packages: readonly (readonly [string, PackageFacts])[]): Atom {
  const [, first] = packages[0] ?? [];
  return {
    source: first?.source ?? '',
    packages: packages.map(([name]) => name),
    bytes: packages.reduce((sum, [, { bytes }]) => sum + Math.max(bytes, 1), 0),
    rate: Math.max(first?.rate ?? 0, LEAST_RATE),
  };
}

/** The size of atoms together. */
export function bytesOf(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** How often a year one of some atoms is updated. */
export function rateOf(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, { rate }) => sum + rate, 0);
}
