import type { Buildpack } from '../buildpack/buildpack';
import type { GroupEntry, Order } from '../specification/buildpack';

/** A buildpack in an order group, and whether the group passes without it. */
export interface Member {
  readonly buildpack: Buildpack;
  /** @default false */
  readonly optional?: boolean;
}

/** Buildpacks that are tried together: the first group whose mandatory ones all want to take part is used. */
export type OrderGroup = readonly (Buildpack | Member)[];

/** A buildpack without which its group passes, too. */
export function optional(buildpack: Buildpack): Member {
  return { buildpack, optional: true };
}

/** The buildpacks of a group. */
export function buildpacksOf(group: OrderGroup): readonly Buildpack[] {
  return group.map((each) => ('buildpack' in each ? each.buildpack : each));
}

/** A group as the specification writes it: by ids and versions. */
export function entriesOf(group: OrderGroup): readonly GroupEntry[] {
  return group.map((each) => {
    const { buildpack, optional: isOptional } = 'buildpack' in each ? each : { buildpack: each, optional: undefined };
    return { id: buildpack.id, version: buildpack.version, ...(isOptional === true && { optional: true }) };
  });
}

/** Groups as the specification writes them. */
export function orderOf(groups: readonly OrderGroup[]): Order {
  return groups.map(entriesOf);
}
