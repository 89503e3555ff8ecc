import { IMAGE_ANNOTATION } from '../tekton/pipeline-run';
import type { LayerDifference } from './layer-effects';

/**
 * What a difference does to an image: `rebuilt`: other layers are made; `rebased`: its layers are put on another run image; `found`: its
 * run is another one, and finds the image in the registry; `pinned`: a digest that was made before becomes public instead; `unpinned`: what is declared
 * becomes public again in place of a digest, found in the registry where it is there, else made; `unchanged`: not even the run is another.
 */
export type ImageEffect = 'new' | 'gone' | 'rebuilt' | 'rebased' | 'found' | 'pinned' | 'unpinned' | 'unchanged';

/** An image of an environment: the construct of its run, its reference on both sides, and what happens to it. */
export interface ImageDifference {
  readonly path: string;
  readonly effect: ImageEffect;
  readonly from?: string;
  readonly to?: string;
  /** What a node fetches of the layers below it, where that differs. */
  readonly layers?: LayerDifference;
  /** Layers of buildpacks are made above those, and a node fetches them as well: how large they are is not known before. */
  readonly buildpackLayers?: 'other';
}

interface Run {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

/** The image that a run puts into the registry. Undefined for one that makes none. */
export function imageOf(run: Run | undefined): string | undefined {
  return run?.metadata.annotations?.[IMAGE_ANNOTATION];
}

/** What happens to an image, from its reference before and after. A reference is an address: the same one names the same content. */
export function imageEffect(from: string | undefined, to: string | undefined, isAnotherRun: boolean): ImageEffect {
  if (to === undefined) return 'gone';
  if (from === undefined) return 'new';
  if (from === to) return isAnotherRun ? 'found' : 'unchanged';
  if (to.includes('@')) return 'pinned';
  if (from.includes('@')) return 'unpinned';
  const [before, after] = [parse(from), parse(to)];
  return before !== undefined && before.layers === after?.layers && before.runImage !== after.runImage ? 'rebased' : 'rebuilt';
}

/** `<repository>:c-<what the layers are made of>-r<run image>`. */
function parse(reference: string): { readonly layers: string; readonly runImage: string | undefined } | undefined {
  const [, layers, runImage] = /^(.+:c-[0-9a-f]+)(?:-r([0-9a-f]+))?$/.exec(reference) ?? [];
  return layers === undefined ? undefined : { layers, runImage };
}
