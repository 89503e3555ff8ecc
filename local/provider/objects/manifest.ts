/**
 * A Kubernetes object as plain data. Values not known before the update stay marked; secrets are unwrapped.
 */
import { isPropertyMap, type PropertyMap, Secret, Unknown } from '../protocol/values';

export type ManifestValue = null | boolean | number | string | Unknown | ManifestValue[] | Manifest;
export interface Manifest {
  [key: string]: ManifestValue;
}

/** Group, version and kind, e.g. `{ group: 'apps', version: 'v1', kind: 'Deployment' }`; the core group is `''`. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export function isManifest(value: ManifestValue | undefined): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function at(object: ManifestValue | undefined, ...path: string[]): ManifestValue | undefined {
  let value = object;
  for (const key of path) {
    if (!isManifest(value)) return undefined;
    value = value[key];
  }
  return value;
}

export function stringAt(object: ManifestValue | undefined, ...path: string[]): string {
  const value = at(object, ...path);
  return typeof value === 'string' ? value : '';
}

export function numberAt(object: ManifestValue | undefined, ...path: string[]): number | undefined {
  const value = at(object, ...path);
  return typeof value === 'number' ? value : undefined;
}

export function listAt(object: ManifestValue | undefined, ...path: string[]): ManifestValue[] {
  const value = at(object, ...path);
  return isList(value) ? value : [];
}

/** Array.isArray for values whose items keep their type. */
export function isList(value: ManifestValue | undefined): value is ManifestValue[] {
  return Array.isArray(value);
}

/** A string, number or boolean as text; empty for everything else. */
export function scalarText(value: ManifestValue): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export const nameOf = (object: Manifest): string => stringAt(object, 'metadata', 'name');
export const namespaceOf = (object: Manifest): string => stringAt(object, 'metadata', 'namespace');
export const kindOf = (object: Manifest): string => stringAt(object, 'kind');
export const apiVersionOf = (object: Manifest): string => stringAt(object, 'apiVersion');

/** Pulumi's id of an object: `namespace/name`, or `name` where there is no namespace. */
export function idOf(object: Manifest): string {
  const namespace = namespaceOf(object);
  return namespace === '' ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

export function parseId(id: string): { readonly namespace: string; readonly name: string } {
  const slash = id.indexOf('/');
  return slash < 0 ? { namespace: '', name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

export function gvkOf(object: Manifest): GroupVersionKind {
  const parts = apiVersionOf(object).split('/');
  const [group, version] = parts.length > 1 ? [parts[0] ?? '', parts[1] ?? ''] : ['', parts[0] ?? ''];
  return { group: group === 'core' ? '' : group, version, kind: kindOf(object) };
}

export function apiVersionOfGroup({ group, version }: GroupVersionKind): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Sets or, with undefined, removes the namespace. */
export function withNamespace(object: Manifest, namespace: string | undefined): Manifest {
  const metadata = at(object, 'metadata');
  if (metadata instanceof Unknown) return object;
  const { namespace: _dropped, ...rest } = isManifest(metadata) ? metadata : {};
  return { ...object, metadata: namespace === undefined ? rest : { ...rest, namespace } };
}

export function withName(object: Manifest, name: string): Manifest {
  const metadata = at(object, 'metadata');
  return { ...object, metadata: { ...(isManifest(metadata) ? metadata : {}), name } };
}

export function hasUnknown(value: ManifestValue): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isManifest(value) && Object.values(value).some(hasUnknown);
}

/** The SDKs cannot have dashes in property names, so schema extensions of CRDs travel with underscores. */
const dashed = new Map(
  ['embedded_resource', 'int_or_string', 'list_map_keys', 'list_type', 'map_type', 'preserve_unknown_fields', 'validations'].map(
    (name) => [`x_kubernetes_${name}`, `x-kubernetes-${name.replaceAll('_', '-')}`],
  ),
);
const underscored = new Map([...dashed].map(([underscore, dash]) => [dash, underscore]));

function unwrap(value: PropertyMap[string]): ManifestValue {
  if (value instanceof Secret) return unwrap(value.element);
  if (value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map(unwrap);
  return isPropertyMap(value) ? manifestFrom(value) : value;
}

export function manifestFrom(map: PropertyMap): Manifest {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [dashed.get(key) ?? key, unwrap(value)]));
}

function wrap(value: ManifestValue): PropertyMap[string] {
  if (Array.isArray(value)) return value.map(wrap);
  return isManifest(value) ? propertiesFrom(value) : value;
}

export function propertiesFrom(object: Manifest): PropertyMap {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [underscored.get(key) ?? key, wrap(value)]));
}
