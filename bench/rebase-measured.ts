import type { FinishedRun } from '../test/cluster/rebase/finished-runs';
import type { SecurityUpdate } from '../test/cluster/rebase/older-packages';
import type { Layer } from '../test/cluster/rebase/registry-content';

export const IMAGES = ['python311-sssd-base', 'python311-sssd-web'] as const;

/** One `csb up`. */
export interface Up {
  /** From its beginning to its end. */
  readonly seconds: number;
  readonly runs: readonly FinishedRun[];
  /** Bytes of layers that are new in the registry, by the run's id. */
  readonly pushed: Readonly<Record<string, number>>;
  /** The layers of the platform images. */
  readonly layers: Readonly<Record<string, readonly Layer[]>>;
}

export interface Measured {
  readonly machine: string;
  readonly date: string;
  readonly update: SecurityUpdate;
  readonly full: Up;
  readonly rebase: Up;
  readonly legacy: { readonly build: number; readonly seconds: number; readonly layers: readonly Layer[] };
}
