/** How many bytes a package of a release, such as `bookworm`, takes in a layer, about. Undefined where no lock says its size. */
export type PackageSizes = (release: string, name: string) => number | undefined;

/** The layer of state has 0.3 to 1.0 MB: measured on run images of bookworm and trixie. */
const STATE = 700_000;

/** An estimate of some layers of an image, with that of its state. */
export interface LayerBytes {
  readonly about: number;
  /** Packages of unknown sizes in these layers: with any, it is at least so much. */
  readonly unsized: readonly string[];
}

/** How many bytes layers of these packages have, and that of the state. */
export function layerBytes(packages: readonly string[], sizeOf: (name: string) => number | undefined): LayerBytes {
  return {
    about: packages.reduce((sum, each) => sum + (sizeOf(each) ?? 0), STATE),
    unsized: packages.filter((each) => sizeOf(each) === undefined),
  };
}
