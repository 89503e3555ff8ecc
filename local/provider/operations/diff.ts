/**
 * Compares what lives, cut to the shape of the old inputs, with the new inputs; decides between update and replacement.
 */
import { DetailedDiff, type Change } from '../diff/detailed-diff';
import { replacingFieldsOf } from '../diff/replacement';
import { autonamed, isAnnotated, replaceUnready } from '../objects/annotations';
import { fromCheckpoint } from '../objects/checkpoint';
import {
  gvkOf,
  kindOf,
  listAt,
  type Manifest,
  manifestFrom,
  nameOf,
  namespaceOf,
  stringAt,
  withName,
  withNamespace,
} from '../objects/manifest';
import { isNamed } from '../objects/naming';
import { normalize } from '../objects/normalize';
import { pruneToShape } from '../objects/prune';
import { isPatchResource } from '../protocol/urn';
import type { PropertyMap } from '../protocol/values';
import { type Provider, storeOf } from './provider';

export interface DiffRequest {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly ignoreChanges: readonly string[];
}
export interface DiffResult {
  readonly changes: ReadonlyMap<string, Change>;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Groups whose types the server defines itself: none, a single word, or below k8s.io. */
export function isServerType(object: Manifest): boolean {
  const { group } = gvkOf(object);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

export async function diff(provider: Provider, request: DiffRequest): Promise<DiffResult> {
  const state = fromCheckpoint(request.olds);
  const oldInputs = normalize(state.inputs);
  let wanted = normalize(manifestFrom(request.news));
  let live = normalize(pruneToShape(state.live, oldInputs));

  const namespaced = await provider.discovery.isNamespaced(gvkOf(wanted));
  live = withNamespace(live, namespaced ? namespaceOf(live) || 'default' : undefined);
  if (!namespaced) wanted = withNamespace(wanted, undefined);
  else if (namespaceOf(wanted) === '' && !hasNamespace(wanted)) wanted = withNamespace(wanted, 'default');
  if (nameOf(wanted) !== '') live = withName(live, nameOf(state.live));
  if (live['apiVersion'] === undefined)
    live = { ...live, apiVersion: wanted['apiVersion'] ?? null, kind: wanted['kind'] ?? null };

  const identityOnly = isPatchResource(request.urn, kindOf(wanted));
  const fields = identityOnly
    ? ['metadata.name', 'metadata.namespace']
    : replacingFieldsOf(wanted, { configMaps: provider.settings.mutableConfigMaps, secrets: provider.settings.mutableSecrets });
  const { changes } = new DetailedDiff(fields, isServerType(wanted)).compare(live, wanted, oldInputs);
  for (const path of [...changes.keys()]) {
    if (request.ignoreChanges.some((ignored) => covers(ignored, path))) changes.delete(path);
  }
  const replaces = [...changes].filter(([, change]) => change.replaces).map(([path]) => path);
  if (isAnnotated(wanted, replaceUnready) && (await isUnreadyJob(provider, request.urn, state.live))) {
    replaces.push('metadata.annotations["pulumi.com/replaceUnready"]');
  }
  const deleteBeforeReplace =
    replaces.length > 0 &&
    isNamed(wanted) &&
    !isAnnotated(wanted, autonamed) &&
    nameOf(wanted) === nameOf(state.live) &&
    (namespaced ? namespaceOf(wanted) === (namespaceOf(state.live) || 'default') : true);
  return { changes, replaces, deleteBeforeReplace };
}

function hasNamespace(object: Manifest): boolean {
  const metadata = object['metadata'];
  return typeof metadata === 'object' && metadata !== null && 'namespace' in metadata;
}

function segments(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );
}

/** Whether an ignored path contains a changed one; `*` stands for any part. */
function covers(ignored: string, path: string): boolean {
  const [wide, narrow] = [segments(ignored), segments(path)];
  return wide.length <= narrow.length && wide.every((part, index) => part === '*' || part === narrow[index]);
}

async function isUnreadyJob(provider: Provider, urn: string, live: Manifest): Promise<boolean> {
  if (provider.reach.kind === 'unreachable' || kindOf(live) !== 'Job') {
    provider.engine.log(
      urn,
      'warning',
      'replaceUnready annotation is not supported for this resource, or the cluster is unreachable',
    );
    return false;
  }
  try {
    const job = await storeOf(provider).get(live, provider.cancelled);
    const complete = listAt(job, 'status', 'conditions').some(
      (condition) => stringAt(condition, 'type') === 'Complete' && stringAt(condition, 'status') === 'True',
    );
    return !complete;
  } catch {
    return false;
  }
}
