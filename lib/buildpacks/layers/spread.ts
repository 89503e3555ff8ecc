import { bytesOf, type PackageClass } from './package-class';
import { type Atom, partitions } from './partition';

/** How many layers more each image can have, by its name. */
export type Room = Map<string, number>;

/** A layer that is to be made. */
export interface NewLayer {
  readonly images: readonly string[];
  readonly volatile: boolean;
  readonly atoms: readonly Atom[];
}

/** Takes room for a layer in all of these images. */
export function take(room: Room, images: readonly string[]): void {
  for (const each of images) room.set(each, (room.get(each) ?? 0) - 1);
}

/** Whether all of these images have room for a layer more. */
export function hasRoom(room: Room, images: readonly string[]): boolean {
  return images.every((each) => (room.get(each) ?? 0) > 0);
}

/**
 * Layers of classes that have room for one each, which is taken already: first one, then more where that saves the most bytes a year, as long
 * as all images of a class have room.
 */
export function spread(classes: readonly PackageClass[], room: Room): readonly NewLayer[] {
  const most = Math.max(0, ...room.values()) + 1;
  const parted = classes.map(({ images, volatile, atoms }) => ({
    images,
    volatile,
    atoms,
    best: partitions(atoms, most),
    layers: 1,
  }));
  // One layer more never saves more than the one before it did, so that the order of savings is the order in which layers are added.
  const savings = parted.flatMap((part) => {
    let least = Infinity;
    return part.best.costs.slice(1).map((cost, i) => {
      least = Math.min(least, (part.best.costs[i] ?? 0) - cost);
      return { part, layers: i + 2, saved: least };
    });
  });
  savings.sort((one, other) => other.saved - one.saved || one.layers - other.layers);
  for (const { part, layers, saved } of savings) {
    if (saved <= 0 || layers !== part.layers + 1 || !hasRoom(room, part.images)) continue;
    take(room, part.images);
    part.layers = layers;
  }
  return parted.flatMap(({ images, volatile, layers, best }) => best.into(layers).map((atoms) => ({ images, volatile, atoms })));
}

/** Classes that get layers of their own, and those that have to share one. */
export interface Admitted {
  readonly alone: readonly PackageClass[];
  readonly together: readonly NewLayer[];
}

/**
 * Where an image has more classes than room, its smallest ones share a layer, those that stay and the volatile ones apart. Such a layer is
 * not the same in all images, and changes with each of them: so it is the smallest. Takes the room of what it admits.
 */
export function admit(classes: readonly PackageClass[], room: Room): Admitted {
  for (const { images } of classes) take(room, images);
  const shared: Record<'stays' | 'volatile', { images: Set<string>; atoms: Atom[] }> = {
    stays: { images: new Set(), atoms: [] },
    volatile: { images: new Set(), atoms: [] },
  };
  const alone = new Set(classes);
  const bySize = classes
    .map((each, i) => ({ each, i, bytes: bytesOf(each.atoms) }))
    .sort((a, b) => a.bytes - b.bytes || a.i - b.i);
  for (const { each } of bySize) {
    if (each.images.every((image) => (room.get(image) ?? 0) >= 0)) continue;
    alone.delete(each);
    const layer = shared[each.volatile ? 'volatile' : 'stays'];
    layer.atoms.push(...each.atoms);
    for (const image of each.images)
      if (layer.images.has(image)) room.set(image, (room.get(image) ?? 0) + 1);
      else layer.images.add(image);
  }
  const together = [shared.stays, shared.volatile].map(({ images, atoms }) => ({
    images: [...images].sort(),
    volatile: atoms === shared.volatile.atoms,
    atoms,
  }));
  return { alone: classes.filter((each) => alone.has(each)), together: together.filter(({ atoms }) => atoms.length > 0) };
}
