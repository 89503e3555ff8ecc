import type { LayerPlan } from './layer-plan';
import { type Facts, factsOf, type PlannedImage } from './planned-image';

/** A layer as an image has it: those of the plan's packages that are in the image. */
export interface ImageLayer {
  /** That of the plan's layer. */
  readonly name: string;
  readonly packages: readonly string[];
}

/** The layers of an image, the lowest first, without that of its state. Packages that the plan lacks are in none. */
export function layersOf({ layers }: Pick<LayerPlan, 'layers'>, image: PlannedImage): readonly ImageLayer[] {
  const has = new Set(image.packages);
  return layers
    .map(({ name, packages }) => ({ name, packages: packages.filter((each) => has.has(each)) }))
    .filter(({ packages }) => packages.length > 0);
}

/** A plan with the images that are made by it. */
export interface Planned {
  readonly plan: Pick<LayerPlan, 'layers'>;
  readonly images: readonly PlannedImage[];
}

/** The layers that a registry has of all images, each once, by their content. */
export function distinctLayers({ plan, images }: Planned): ReadonlyMap<string, ImageLayer> {
  return new Map(images.flatMap((image) => layersOf(plan, image).map((layer) => [layer.packages.join(' '), layer] as const)));
}

/** The size of packages, in bytes of their .deb files. */
export function sizeOf(packages: readonly string[], facts: Facts): number {
  return packages.reduce((sum, each) => sum + factsOf(facts, each).bytes, 0);
}

/** A layer that one plan has and the other has not. */
export interface MovedLayer extends ImageLayer {
  readonly bytes: number;
}

/** The layers that have to be made and sent anew when a plan takes the place of another, in the order of their sizes. */
export function movedLayers(before: Planned, after: Planned, facts: Facts): readonly MovedLayer[] {
  const there = distinctLayers(before);
  const moved = [...distinctLayers(after)].filter(([content]) => !there.has(content));
  return moved
    .map(([, layer]) => ({ ...layer, bytes: sizeOf(layer.packages, facts) }))
    .sort((one, other) => other.bytes - one.bytes);
}

/** What a plan costs, in bytes of .deb files. */
export interface PlanCost {
  /** Every layer once: what a registry has. */
  readonly stored: number;
  /** All images, each by itself. */
  readonly unshared: number;
  /** To be expected in a year of monthly locks: of each layer, the months in which it has an update, times its size. */
  readonly yearly: number;
  /** The same, were each image one layer. */
  readonly yearlyUnshared: number;
}

/** What it costs to have images by a plan. */
export function planCost(planned: Planned, facts: Facts): PlanCost {
  const stored = [...distinctLayers(planned).values()];
  const whole = planned.images.map(({ packages }) => packages);
  const total = (each: readonly (readonly string[])[]): number =>
    each.reduce((sum, packages) => sum + sizeOf(packages, facts), 0);
  const yearly = (each: readonly (readonly string[])[]): number =>
    each.reduce((sum, packages) => sum + sizeOf(packages, facts) * changedMonths(updatesOf(packages, facts)), 0);
  const contents = stored.map(({ packages }) => packages);
  return { stored: total(contents), unshared: total(whole), yearly: yearly(contents), yearlyUnshared: yearly(whole) };
}

/** In how many months of a year there is an update, when updates come at any time. */
function changedMonths(rate: number): number {
  return 12 * (1 - Math.exp(-rate / 12));
}

/** How often a year one of some packages is updated: those of one source are updated at once. */
function updatesOf(packages: readonly string[], facts: Facts): number {
  const rates = new Map<string, number>();
  for (const each of packages) {
    const { source, rate } = factsOf(facts, each);
    rates.set(source, Math.max(rate, rates.get(source) ?? 0));
  }
  return [...rates.values()].reduce((sum, rate) => sum + rate, 0);
}
