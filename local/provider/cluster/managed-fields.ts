/**
 * Who owns which field of an object.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
import { at, isManifest, listAt, type Manifest, type ManifestValue, stringAt } from '../objects/manifest';

/** Managers whose fields the provider takes over: its own plain creates, and kubectl's. */
const adopted: readonly { readonly prefix: string; readonly operation: 'Apply' | 'Update' }[] = [
  { prefix: 'kubectl', operation: 'Apply' },
  { prefix: 'kubectl', operation: 'Update' },
  { prefix: 'before-first-apply', operation: 'Update' },
  { prefix: 'pulumi-kubernetes', operation: 'Update' },
  { prefix: 'pulumi-resource-kubernetes', operation: 'Update' },
];

function isAdopted(entry: ManifestValue): boolean {
  if (stringAt(entry, 'subresource') !== '') return false;
  const [manager, operation] = [stringAt(entry, 'manager'), stringAt(entry, 'operation')];
  return adopted.some((rule) => rule.operation === operation && manager.startsWith(rule.prefix));
}

function union(one: ManifestValue | undefined, other: ManifestValue | undefined): ManifestValue {
  if (!isManifest(one)) return other ?? {};
  if (!isManifest(other)) return one;
  const merged: Manifest = { ...one };
  for (const [key, value] of Object.entries(other)) merged[key] = union(merged[key], value);
  return merged;
}

/** The patch that gives the adopted managers' fields to the manager, or undefined when there is nothing to take over. */
export function adoptionPatch(live: Manifest, manager: string): Manifest[] | undefined {
  const entries = listAt(live, 'metadata', 'managedFields');
  const isOwn = (entry: ManifestValue): boolean =>
    stringAt(entry, 'manager') === manager && stringAt(entry, 'operation') === 'Apply' && stringAt(entry, 'subresource') === '';
  const taken = entries.filter((entry) => isAdopted(entry) && !isOwn(entry));
  if (taken.length === 0) return undefined;
  const own = entries.find(isOwn);
  const fieldsV1 = [...(own === undefined ? [] : [own]), ...taken].reduce<ManifestValue>(
    (fields, entry) => union(fields, at(entry, 'fieldsV1')),
    {},
  );
  const source = own ?? taken[0] ?? null;
  const kept = entries.filter((entry) => entry !== own && !taken.includes(entry));
  const adopting = { ...(isManifest(source) ? source : {}), manager, operation: 'Apply', fieldsV1 };
  return [
    { op: 'replace', path: '/metadata/managedFields', value: [...kept, adopting] },
    { op: 'replace', path: '/metadata/resourceVersion', value: stringAt(live, 'metadata', 'resourceVersion') },
  ];
}

/** The patch that makes a manager own nothing, or undefined when it owns nothing. */
export function relinquishPatch(live: Manifest, manager: string): Manifest[] | undefined {
  const entries = listAt(live, 'metadata', 'managedFields');
  const kept = entries.filter((entry) => stringAt(entry, 'manager') !== manager || stringAt(entry, 'subresource') !== '');
  if (kept.length === entries.length) return undefined;
  return [
    { op: 'replace', path: '/metadata/managedFields', value: kept },
    { op: 'replace', path: '/metadata/resourceVersion', value: stringAt(live, 'metadata', 'resourceVersion') },
  ];
}

/** True where a dry run must force: without a state there is nothing to conflict with, and adoption has not happened yet. */
export function conflictsOnlyWithAdopted(live: Manifest | undefined): boolean {
  if (live === undefined) return true;
  return listAt(live, 'metadata', 'managedFields').some(
    (entry) =>
      stringAt(entry, 'operation') === 'Update' &&
      ['pulumi-resource-kubernetes', 'pulumi-kubernetes', 'pulumi-kubernetes.exe'].includes(stringAt(entry, 'manager')),
  );
}

export type Owner = 'ours' | 'theirs' | 'nobody';

/** Who owns a path such as `spec.replicas`; shared fields count as ours. */
export function ownerOf(live: Manifest, path: readonly string[], manager: string): Owner {
  const entries = listAt(live, 'metadata', 'managedFields');
  const owning = entries.filter((entry) => at(entry, 'fieldsV1', ...path.map((name) => `f:${name}`)) !== undefined);
  if (owning.some((entry) => stringAt(entry, 'manager') === manager)) return 'ours';
  return owning.length > 0 ? 'theirs' : 'nobody';
}
