import { objectKey } from '../synth/validation';
import { addedFields } from './added-fields';
import { type FieldChange, fieldChanges } from './field-changes';
import { type FieldOwner, ownerOfField } from './field-owner';
import type { FieldPath } from './field-path';
import { asDeclared, type LiveEnvironment, type LivePair } from './live-objects';

/** A field whose live value is not the declared one: `from` is declared, `to` is live. */
export type DriftedField = FieldChange & { readonly by?: FieldOwner };

/** An object of the cluster that is not what was declared. */
export interface Drift {
  /** `undeclared`: a construct declared it once, and none does now. */
  readonly kind: 'changed' | 'missing' | 'undeclared';
  readonly path: string;
  /** Group, kind, namespace and name. */
  readonly object: string;
  readonly fields: readonly DriftedField[];
}

/** What differs in a cluster from what is declared. Labels and annotations that others add are theirs, and no drift. */
export function findDrift({ pairs, undeclared }: LiveEnvironment): Drift[] {
  const drifted = pairs.flatMap((pair) => driftOf(pair) ?? []);
  const left = undeclared.map(({ path, manifest }): Drift => ({
    kind: 'undeclared',
    path,
    object: objectKey(manifest),
    fields: [],
  }));
  return [...drifted, ...left];
}

function driftOf({ declared: { path, manifest }, live, isDone }: LivePair): Drift | undefined {
  const at = { path, object: objectKey(manifest) };
  if (isDone) return undefined;
  if (live === undefined) return { ...at, kind: 'missing', fields: [] };
  const changed = fieldChanges(manifest, asDeclared(manifest, live)).map((change): DriftedField => {
    const by = ownerOfField(live, change.path);
    return by === undefined ? change : { ...change, by };
  });
  // Of two who own the same addition, one is enough.
  const fields = addedFields(manifest, live).reduce<readonly DriftedField[]>(
    (known, added) => (known.some(({ path: around }) => isBelow(added.path, around)) ? known : [...known, added]),
    changed,
  );
  return fields.length === 0 ? undefined : { ...at, kind: 'changed', fields };
}

const isBelow = (path: FieldPath, around: FieldPath): boolean => around.every((part, index) => part === path[index]);
