import { DEFAULT_BUDGET, type LayerPlan, parsePlan, STATE_LAYERS } from './layer-plan';
import { namedLayers } from './layer-names';
import { bytesOf, classesOf, rateOf } from './package-class';
import { compare, type Facts, type PlannedImage } from './planned-image';
import { admit, type NewLayer, type Room, spread } from './spread';

/** Layers of the budget that a new plan leaves to packages that come later. */
export const SPARE_LAYERS = 4;

/** What a plan is made of. */
export interface PlanInput {
  /** The code name of the release. */
  readonly release: string;
  /** How many layers an image has at most, with the state layer. @default 48 */
  readonly budget?: number;
  readonly images: readonly PlannedImage[];
  readonly facts: Facts;
}

/**
 * A new plan: layers of packages that the same images have, so many that the fewest bytes change in a year. The same input gives the same plan.
 *
 * Of p packages, i images and a budget of b, it takes p i + p b log p steps.
 *
 * @throws Error for a package without facts, and for a budget that no plan can have
 */
export function freshPlan({ release, budget = DEFAULT_BUDGET, images, facts }: PlanInput): LayerPlan {
  const room: Room = new Map(images.map(({ name }) => [name, budget - STATE_LAYERS - SPARE_LAYERS]));
  const names = new Set(images.flatMap(({ packages }) => packages));
  const { alone, together } = admit(classesOf(names, images, facts), room);
  const layers = [...spread(alone, room), ...together];
  return parsePlan(release, { release, budget, layers: namedLayers(inOrder(layers), new Set()) });
}

/** What stays first, of it what the most images have; then the volatile, the most often changed byte for byte last. */
export function inOrder(layers: readonly NewLayer[]): readonly NewLayer[] {
  const stays = layers.filter(({ volatile }) => !volatile);
  const volatile = layers.filter((layer) => layer.volatile);
  const perByte = ({ atoms }: NewLayer): number => rateOf(atoms) / bytesOf(atoms);
  const byRate = (one: NewLayer, other: NewLayer): number => perByte(one) - perByte(other);
  const byImages = (one: NewLayer, other: NewLayer): number =>
    other.images.length - one.images.length || compare(one.images.join(' '), other.images.join(' '));
  return [...stays.sort((one, other) => byImages(one, other) || byRate(one, other)), ...volatile.sort(byRate)];
}
