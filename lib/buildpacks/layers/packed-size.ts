/**
 * How much larger a package is in a layer than as a .deb: gzip instead of xz. Of ten packages that were measured (2026-11-26), 1.2 to 1.8;
 * of run images of all releases as a whole, 1.5, but for those below.
 */
const USUAL = 1.5;

/** The same, of packages of files that resemble one another, at a distance that gzip does not look back. */
const REPETITIVE: ReadonlyMap<string, number> = new Map([
  ['locales-all', 5],
  ['git', 2.8],
]);

/**
 * How many bytes a package takes in a layer, about.
 *
 * @param size - of its .deb, in bytes
 */
export function packedSize(name: string, size: number): number {
  return Math.round(size * (REPETITIVE.get(name) ?? USUAL));
}
