/**
 * Cuts a live object down to the fields a program wrote: what the server, webhooks and controllers added is no difference.
 * @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/
 */
import { isManifest, type Manifest, type ManifestValue } from './manifest';

function pruneValue(live: ManifestValue, shape: ManifestValue): ManifestValue {
  if (isManifest(live) && isManifest(shape)) return pruneToShape(live, shape);
  if (Array.isArray(live) && Array.isArray(shape)) return pruneList(live, shape);
  return live;
}

function pruneList(live: readonly ManifestValue[], shape: readonly ManifestValue[]): ManifestValue[] {
  const kept = live.slice(0, shape.length);
  return kept.map((value, index) => pruneValue(value, shape[index] ?? null));
}

export function pruneToShape(live: Manifest, shape: Manifest): Manifest {
  const entries = Object.entries(live).filter(([key]) => key in shape);
  return Object.fromEntries(entries.map(([key, value]) => [key, pruneValue(value, shape[key] ?? null)]));
}
