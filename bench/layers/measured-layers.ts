import type { Layer } from '../../test/cluster/rebase/registry-content';
import type { NodeUpdate } from './node-updates';
import type { RegistryUpdate } from './registry-updates';
import type { StyledImage } from './styles';

/** All that docs/bench/layers.md says. */
export interface MeasuredLayers {
  readonly date: string;
  readonly machine: string;
  readonly images: readonly StyledImage[];
  /** Of them, the names of those that stand for their families. */
  readonly families: readonly string[];
  /** What ours are made from. */
  readonly toMake: readonly Layer[];
  readonly registryUpdates: readonly RegistryUpdate[];
  readonly nodeUpdates: readonly NodeUpdate[];
}
