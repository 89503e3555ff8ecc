import { namedLayers } from './layer-names';
import { type LayerPlan, type PlannedLayer, STATE_LAYERS } from './layer-plan';
import { freshPlan, inOrder } from './fresh-plan';
import { bytesOf, classesOf, type PackageClass } from './package-class';
import type { Atom } from './partition';
import { sizeOf } from './plan-cost';
import { type Facts, imagesByPackage, type PlannedImage } from './planned-image';
import { hasRoom, type Room, spread, take } from './spread';

/** An existing layer, as packages are put into it. */
interface OpenLayer {
  readonly layer: PlannedLayer;
  readonly packages: string[];
  readonly images: Set<string>;
  readonly sources: Set<string>;
  bytes: number;
}

/**
 * A plan with a place for every package of images that it lacks. What it has stays where it is, also what no image has any more. A new
 * package goes into the smallest layer that the same images have, of those with its source if there are such; else into a new layer, while all of its images
 * have room for one; else into the layer that leaves the most images within the budget, the smallest of these.
 *
 * Where not even that holds the budget, `planProblems` says so. Of p packages, i images and a budget of b, it takes p i + p b log p steps.
 *
 * @throws Error for a package without facts
 */
export function extendPlan(plan: LayerPlan, images: readonly PlannedImage[], facts: Facts): LayerPlan {
  const known = new Set(plan.layers.flatMap(({ packages }) => packages));
  const added = new Set(images.flatMap(({ packages }) => packages).filter((each) => !known.has(each)));
  if (added.size === 0) return plan;
  if (plan.layers.length === 0) return freshPlan({ ...plan, images, facts });
  const open = openLayers(plan, images, facts);
  const room: Room = new Map(images.map(({ name }) => [name, plan.budget - STATE_LAYERS]));
  for (const { images: having } of open) take(room, [...having]);

  const alone: PackageClass[] = [];
  const left: PackageClass[] = [];
  const classes = classesOf(added, images, facts).filter((each) => !joins(each, open));
  for (const each of [...classes].sort((one, other) => bytesOf(other.atoms) - bytesOf(one.atoms))) {
    const fits = hasRoom(room, each.images);
    if (fits) take(room, each.images);
    (fits ? alone : left).push(each);
  }
  for (const each of left) squeeze(each, open, room);
  const kept = open.map(({ layer, packages }) => ({ ...layer, packages: packages.sort() }));
  const made = namedLayers(inOrder(spread(alone, room)), new Set(kept.map(({ name }) => name)));
  return {
    ...plan,
    layers: [
      ...kept.filter(({ volatile }) => !volatile),
      ...made.filter(({ volatile }) => !volatile),
      ...kept.filter(({ volatile }) => volatile),
      ...made.filter(({ volatile }) => volatile),
    ],
  };
}

function openLayers({ layers }: LayerPlan, images: readonly PlannedImage[], facts: Facts): OpenLayer[] {
  const having = imagesByPackage(images);
  return layers.map((layer) => {
    const there = layer.packages.filter((each) => having.has(each));
    return {
      layer,
      packages: [...layer.packages],
      images: new Set(there.flatMap((each) => having.get(each) ?? [])),
      sources: new Set(there.map((each) => facts.get(each)?.source ?? '')),
      bytes: sizeOf(there, facts),
    };
  });
}

function put(into: OpenLayer, { source, packages, bytes }: Atom): void {
  into.packages.push(...packages);
  into.sources.add(source);
  into.bytes += bytes;
}

/** Puts a class into the layers that the same images have, where there are such. */
function joins({ images, volatile, atoms }: PackageClass, open: readonly OpenLayer[]): boolean {
  const equal = open.filter(
    ({ layer, images: having }) =>
      (layer.volatile ?? false) === volatile && having.size === images.length && images.every((image) => having.has(image)),
  );
  for (const atom of atoms) {
    const ofSource = equal.filter(({ sources }) => sources.has(atom.source));
    const into = smallest(ofSource.length > 0 ? ofSource : equal, ({ bytes }) => [bytes]);
    if (into) put(into, atom);
  }
  return equal.length > 0;
}

/** Puts a class into a layer that other images have. */
function squeeze({ images, atoms }: PackageClass, open: readonly OpenLayer[], room: Room): void {
  const without = ({ images: having }: OpenLayer): string[] => images.filter((image) => !having.has(image));
  const into = smallest(open, (each) => [without(each).filter((image) => (room.get(image) ?? 0) <= 0).length, each.bytes]);
  if (into === undefined) return;
  take(room, without(into));
  for (const image of images) into.images.add(image);
  for (const atom of atoms) put(into, atom);
}

/** The layer with the smallest of some numbers, the first ones first. */
function smallest(layers: readonly OpenLayer[], by: (layer: OpenLayer) => readonly number[]): OpenLayer | undefined {
  const measured = layers.map((layer) => ({ layer, numbers: by(layer) }));
  const differs = (one: readonly number[], other: readonly number[]): number =>
    one.map((each, i) => each - (other[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
  return measured.sort((one, other) => differs(one.numbers, other.numbers))[0]?.layer;
}
