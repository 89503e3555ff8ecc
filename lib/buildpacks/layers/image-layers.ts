import { type Address, addressOf } from '../../registry/address';
import type { LockedPackages } from '../debian/locked-packages';
import type { LayerPlan } from './layer-plan';

/** A layer of an image, as csb-registry reads it. */
export interface ImageLayer {
  /** As the plan calls it. */
  readonly name: string;
  /** Those of the plan's packages that the image has. */
  readonly packages: readonly string[];
  /** That of their versions: where the registry keeps the layer for every image that has the same. */
  readonly address: Address;
}

/** The layers that an image of these packages has by a plan, the lowest first, without that of its state. */
export function imageLayers(layers: LayerPlan['layers'], packages: LockedPackages): readonly ImageLayer[] {
  return layers.flatMap(({ name, packages: planned }) => {
    const own = planned.filter((each) => each in packages);
    if (own.length === 0) return [];
    return [{ name, packages: own, address: addressOf({ packages: own.map((each) => [each, packages[each]]) }) }];
  });
}
