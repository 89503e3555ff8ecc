import { sizeOf } from '../stored-layers';
import { layersIn, type Style, type StyledImage } from './styles';

/** What nodes fetch that have another image, in bytes. */
export interface Pulls {
  readonly mean: number;
  readonly worst: { readonly bytes: number; readonly pulled: string; readonly had: string };
  /** How many pairs of an image and another were looked at. */
  readonly pairs: number;
}

/** Pulls of each image on a node that has one other of the same distro, and nothing else. */
export function pullsBeside(images: readonly StyledImage[], style: Style): Pulls {
  const all = images.flatMap((pulled) =>
    images
      .filter((had) => had.name !== pulled.name && had.distro === pulled.distro)
      .map((had) => ({ bytes: sizeOf(missing(pulled, had, style)), pulled: pulled.name, had: had.name })),
  );
  const [worst] = [...all].sort((one, other) => other.bytes - one.bytes);
  if (worst === undefined) throw new Error(`no two of ${images.length} images are of one distro`);
  return { mean: all.reduce((total, { bytes }) => total + bytes, 0) / all.length, worst, pairs: all.length };
}

function missing(pulled: StyledImage, had: StyledImage, style: Style) {
  const there = new Set(layersIn(had, style).map(({ digest }) => digest));
  return layersIn(pulled, style).filter(({ digest }) => !there.has(digest));
}
