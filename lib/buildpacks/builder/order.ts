import type { Buildpack } from '../buildpack/buildpack';

/** A place in an order group. */
export interface GroupEntry {
  readonly buildpack: Buildpack;
  /** Whether the group passes without it. @default false */
  readonly optional?: boolean;
}

/** Buildpacks that are tried together: the first group whose mandatory ones all want to take part is used. */
export type OrderGroup = readonly (Buildpack | GroupEntry)[];

/** A buildpack without which its group passes, too. */
export function optional(buildpack: Buildpack): GroupEntry {
  return { buildpack, optional: true };
}

/** The entries of a group. */
export function entriesOf(group: OrderGroup): readonly GroupEntry[] {
  return group.map((each) => ('buildpack' in each ? each : { buildpack: each }));
}
