import type { Manifest } from '../synth/synthesized';
import type { FieldPath } from './field-path';
import { isMap, type Item } from './named-list';

/** Who wrote a field last, as the API server noted it. */
export interface FieldOwner {
  readonly manager: string;
  /** RFC 3339 */
  readonly time?: string;
}

/** What one manager owns of an object. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export interface ManagedFields {
  readonly manager?: string;
  readonly subresource?: string;
  readonly time?: string | Date;
  readonly fieldsV1?: Item;
}

/**
 * Who wrote a field of a live object. Undefined when the server does not know: nobody owns a field that was removed.
 *
 * A list without merge keys, such as all of Tekton's, is owned as a whole.
 */
export function ownerOfField(live: Manifest, path: FieldPath): FieldOwner | undefined {
  const entries = managedFieldsOf(live).filter(({ fieldsV1 }) => owns(fieldsV1, path));
  const [latest] = entries.map(ownerOf).sort((one, other) => (other.time ?? '').localeCompare(one.time ?? ''));
  return latest;
}

/** What the API server noted of who owns which fields. */
export function managedFieldsOf({ metadata }: Manifest): readonly ManagedFields[] {
  return (metadata as { managedFields?: readonly ManagedFields[] }).managedFields ?? [];
}

function owns(fields: unknown, path: FieldPath): boolean {
  const [part, ...rest] = path;
  // The server sees a string; what is in its JSON belongs to whoever wrote the string.
  if (part === undefined || part === 'json') return true;
  if (!isMap(fields)) return false;
  const inner = fields[part];
  if (inner !== undefined) return isLeaf(inner) || owns(inner, rest);
  return false;
}

const isLeaf = (fields: unknown): boolean => isMap(fields) && Object.keys(fields).length === 0;

/** Who wrote the fields of an entry. */
export function ownerOf({ manager, time }: ManagedFields): FieldOwner {
  return { manager: manager ?? 'unknown', ...(time !== undefined && { time: new Date(time).toISOString() }) };
}
