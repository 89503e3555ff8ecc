import { z } from 'zod';
import type { DescribedObject } from './described-object';

/** What a node that has the image of before lacks of the layers of packages below another one. */
export interface LayerDifference {
  /** How many layers the image's run image has, or the image of a stack itself; the state is one of them. */
  readonly all: number;
  /** The names of those that are other ones, the lowest first; the state is always the last. */
  readonly other: readonly string[];
}

const planned = z.object({ layers: z.array(z.object({ name: z.string(), address: z.string() })) });

/** The layers of packages of an image: of each its name and its address. */
type Layers = z.infer<typeof planned>['layers'];

interface RunSpec {
  readonly params?: readonly { readonly name: string; readonly value: unknown }[];
}

function argument({ manifest }: DescribedObject, name: string): string | undefined {
  if (manifest.kind !== 'PipelineRun') return undefined;
  const value = (manifest['spec'] as RunSpec).params?.find((each) => each.name === name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The layers that runs give to the images of stacks, by the reference of each. */
export function layersOfStacks(objects: readonly DescribedObject[]): ReadonlyMap<string, Layers> {
  return new Map(
    objects.flatMap((object) => {
      const [image, text] = [argument(object, 'image'), argument(object, 'layers')];
      // That of a platform image is a reference.
      if (image === undefined || text?.startsWith('{') !== true) return [];
      const layers = parsed(text);
      return layers === undefined ? [] : [[image, layers] as const];
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
  readonly stacks: ReadonlyMap<string, Layers>;
}

/** What of the layers below an image is other than before; undefined where one of both has no layers by a plan, or nothing differs. */
export function layerDifference(from: Side, to: Side): LayerDifference | undefined {
  const [imageBefore, imageAfter] = [stackImageOf(from.run), stackImageOf(to.run)];
  const [before, after] = [from.stacks.get(imageBefore), to.stacks.get(imageAfter)];
  if (before === undefined || after === undefined || imageBefore === imageAfter) return undefined;
  const had = new Set(before.map(({ address }) => address));
  const other = after.filter(({ address }) => !had.has(address)).map(({ name }) => name);
  return { all: after.length + 1, other: [...other, 'state'] };
}
