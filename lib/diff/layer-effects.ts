import { z } from 'zod';
import { argumentOf } from '../tekton/pipeline-run';
import type { DescribedObject } from './described-object';
import { layerBytes, type LayerBytes, type PackageSizes } from './layer-bytes';

/** What a node that has the image of before lacks of the layers of packages below another one; of a new image, all. */
export interface LayerDifference {
  /** How many layers the image's run image has, or the image of a stack itself; the state is one of them. */
  readonly all: number;
  /** The names of those that are other ones, the lowest first; the state is always the last. */
  readonly other: readonly string[];
  /** Of the other layers, and of all. Undefined where the size of no package is known. */
  readonly bytes?: Readonly<Record<'other' | 'all', LayerBytes>>;
}

const planned = z.object({
  layers: z.array(z.object({ name: z.string(), packages: z.array(z.string()), address: z.string() })),
});

type Layers = z.infer<typeof planned>['layers'];

/** The layers of packages of the image of a stack, and the release that these are of. */
interface StackLayers {
  readonly release: string;
  readonly layers: Layers;
}

const argument = ({ manifest }: DescribedObject, name: string): string | undefined => argumentOf(manifest, name);

/** The layers that runs give to the images of stacks, by the reference of each. */
export function layersOfStacks(objects: readonly DescribedObject[]): ReadonlyMap<string, StackLayers> {
  return new Map(
    objects.flatMap((object) => {
      const [image, text] = [argument(object, 'image'), argument(object, 'layers')];
      // That of a platform image is a reference.
      if (image === undefined || text?.startsWith('{') !== true) return [];
      const layers = parsed(text);
      return layers === undefined ? [] : [[image, { release: argument(object, 'suite') ?? '', layers }] as const];
    }),
  );
}

/** Undefined for what has another form: in a cluster, runs are others' as well. */
function parsed(text: string): Layers | undefined {
  try {
    return planned.safeParse(JSON.parse(text)).data?.layers;
  } catch {
    return undefined;
  }
}

/** The image of a stack that a run makes, or on which it puts an image. */
function stackImageOf(run: DescribedObject | undefined): string {
  return (run && (argument(run, 'run-image') ?? argument(run, 'image'))) ?? '';
}

/** A side of a comparison: the run of an image, and the layers of all stacks there. */
interface Side {
  readonly run: DescribedObject | undefined;
  readonly stacks: ReadonlyMap<string, StackLayers>;
}

/** Whether a run puts layers of buildpacks on an image of a stack. */
export function hasBuildpackLayers(run: DescribedObject): boolean {
  return argument(run, 'run-image') !== undefined;
}

/** What of the layers below an image is other than before; undefined where one of both has no layers by a plan, or nothing differs. */
export function layerDifference(from: Side, to: Side, sizes: PackageSizes): LayerDifference | undefined {
  const [imageBefore, imageAfter] = [stackImageOf(from.run), stackImageOf(to.run)];
  const before = from.run === undefined ? [] : from.stacks.get(imageBefore)?.layers;
  const after = to.stacks.get(imageAfter);
  if (before === undefined || after === undefined || imageBefore === imageAfter) return undefined;
  const had = new Set(before.map(({ address }) => address));
  const other = after.layers.filter(({ address }) => !had.has(address));
  const bytes = bytesOf(after, other, sizes);
  return {
    all: after.layers.length + 1,
    other: [...other.map(({ name }) => name), 'state'],
    ...(bytes !== undefined && { bytes }),
  };
}

function bytesOf({ release, layers }: StackLayers, other: Layers, sizes: PackageSizes): LayerDifference['bytes'] {
  const [all, some] = [layers, other].map((each) => each.flatMap(({ packages }) => packages)) as [string[], string[]];
  const sizeOf = (name: string): number | undefined => sizes(release, name);
  if (!all.some((each) => sizeOf(each) !== undefined)) return undefined;
  return { all: layerBytes(all, sizeOf), other: layerBytes(some, sizeOf) };
}
