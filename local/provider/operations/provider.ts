/**
 * What every operation stands on: the settings, the cluster or the reason why there is none, and the engine to talk to.
 */
import type { Discovery } from '../cluster/discovery';
import type { ObjectStore } from '../cluster/objects';
import type { Settings } from '../config/settings';
import type { Engine } from '../protocol/engine';

export type Reach =
  { readonly kind: 'reachable'; readonly store: ObjectStore } | { readonly kind: 'unreachable'; readonly reason: string };

export interface Provider {
  readonly settings: Settings;
  readonly engine: Engine;
  readonly discovery: Discovery;
  readonly reach: Reach;
  /** For objects that name none; empty where it cannot be known. */
  readonly defaultNamespace: string;
  readonly keepSecrets: boolean;
  /** Aborted when the engine cancels. */
  readonly cancelled: AbortSignal;
}

export function storeOf(provider: Provider): ObjectStore {
  if (provider.reach.kind === 'reachable') return provider.reach.store;
  throw new Error(`configured Kubernetes cluster is unreachable: ${provider.reach.reason}`);
}
