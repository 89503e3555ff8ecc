/** Packages and images for tests of layer plans. */
import fc from 'fast-check';
import type { Facts, PackageFacts, PlannedImage } from '../../../lib/buildpacks/layers/planned-image';

/** Facts of packages: name to source, megabytes and updates a year. */
export function factsOf(packages: Readonly<Record<string, readonly [string, number, number]>>): Facts {
  return new Map(
    Object.entries(packages).map(([name, [source, size, rate]]) => [name, { source, bytes: size * 1_000_000, rate }]),
  );
}

/** Images of a release and the facts of all their packages. */
export interface Release {
  readonly images: readonly PlannedImage[];
  readonly facts: Facts;
}

const facts: fc.Arbitrary<PackageFacts> = fc.record({
  source: fc.integer({ min: 0, max: 15 }).map((number) => `source${number}`),
  bytes: fc.integer({ min: 0, max: 50_000_000 }),
  rate: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20, noNaN: true })),
});

/** Any release: up to 60 packages, each in some of up to 12 images, those of a source with one rate. */
export const releases: fc.Arbitrary<Release> = fc
  .tuple(
    fc.array(fc.tuple(facts, fc.integer({ min: 1, max: 4095 })), { minLength: 1, maxLength: 60 }),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([packages, count]) => {
    const rates = new Map(packages.map(([{ source, rate }]) => [source, rate]));
    const named = packages.map(([each, images], i) => ({ name: `p${i}`, images, ...each, rate: rates.get(each.source) ?? 0 }));
    const images = Array.from({ length: count }, (_, i) => ({
      name: `image${i}`,
      packages: named.filter((each) => (each.images >> i) % 2 === 1).map(({ name }) => name),
    }));
    return { images, facts: new Map(named.map(({ name, source, bytes, rate }) => [name, { source, bytes, rate }])) };
  });
