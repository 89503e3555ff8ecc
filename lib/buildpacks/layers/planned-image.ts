/** An image that a plan is made for: its name, and the names of all its packages, those of what it stands on among them. */
export interface PlannedImage {
  /** Such as `bookworm-php82-run`. */
  readonly name: string;
  readonly packages: readonly string[];
}

/** The images of a stack: of the packages of its run image, and where its build image adds some, that one. */
export function imagesOfStack(stack: string, run: readonly string[], build: readonly string[]): readonly PlannedImage[] {
  return [
    { name: `${stack}-run`, packages: run },
    ...(build.length > 0 ? [{ name: `${stack}-build`, packages: [...run, ...build] }] : []),
  ];
}

/** What a plan is made from, of a binary package. */
export interface PackageFacts {
  /** The name of its source package: what is updated, with all binary packages of it. */
  readonly source: string;
  /** The size of its .deb. In a layer it is larger (packed-size.ts), most by about the same. */
  readonly bytes: number;
  /** Updates a year. */
  readonly rate: number;
}

/** The facts of packages, by their names. */
export type Facts = ReadonlyMap<string, PackageFacts>;

/** What is updated more often than this, in a year, goes above what is not: containerd unpacks again all that lies above a changed layer. */
const VOLATILE_RATE = 2;

/** Whether a package goes above the ones that stay. */
export const isVolatile = ({ rate }: PackageFacts): boolean => rate > VOLATILE_RATE;

/**
 * The facts of a package.
 *
 * @throws Error when there are none: a plan cannot be made without its size
 */
export function factsOf(facts: Facts, name: string): PackageFacts {
  const found = facts.get(name);
  if (found !== undefined) return found;
  throw new Error(`there are no size and source of package '${name}'; expected those of all ${facts.size + 1} packages`);
}

/** Of each package, the images that have it, in alphabetical order. */
export function imagesByPackage(images: readonly PlannedImage[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, packages } of [...images].sort((one, other) => compare(one.name, other.name)))
    for (const each of new Set(packages)) {
      const those = found.get(each);
      if (those) those.push(name);
      else found.set(each, [name]);
    }
  return found;
}

/** The order of names, the same on every machine. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
