import { FIELD_MANAGER } from '../deploy/annotations';
import type { Manifest } from '../synth/synthesized';
import { type FieldChange, fieldChanges } from './field-changes';
import { type FieldOwner, type ManagedFields, managedFieldsOf, ownerOf } from './field-owner';
import { type FieldPath, formatField } from './field-path';
import { isMap, type Item } from './named-list';
import { isEmpty } from './live-shape';

/** A field that is live and not declared, and who added it. */
export type AddedField = FieldChange & { readonly by: FieldOwner };

/** Kubernetes' own components, and Tekton's controller and webhook, which go by the names of their programs. */
const PART_OF_THE_PLATFORM = /^(kube-.+|controller|webhook|tekton-.+)$/;

/**
 * Fields that somebody added to a live object where nothing is declared: `ingress: [{}]` opens a policy that denies everything by saying
 * nothing. Only managedFields tells them from the server's defaults, which nobody owns.
 *
 * Metadata is open to everybody, and a subresource such as `scale` is meant for others.
 */
export function addedFields(declared: Manifest, live: Manifest): AddedField[] {
  return managedFieldsOf(live)
    .filter(isOfStranger)
    .flatMap((entry) => {
      const { 'f:metadata': _, ...fields } = entry.fieldsV1 ?? {};
      // Who owns nothing but metadata owns nothing here, and not the whole.
      if (Object.keys(fields).length === 0) return [];
      return additions(fields, declared, live, []).map((change) => ({ ...change, by: ownerOf(entry) }));
    });
}

function isOfStranger({ manager = '', subresource = '' }: ManagedFields): boolean {
  return subresource === '' && manager !== FIELD_MANAGER && !PART_OF_THE_PLATFORM.test(manager);
}

/** What of a set of owned fields is live and not declared, each as high up as nothing is declared. */
function additions(owned: Item, declared: unknown, live: unknown, path: FieldPath): FieldChange[] {
  const parts = Object.entries(owned).filter(([part]) => part !== '.');
  // An empty set is a field that is owned whole.
  if (parts.length === 0) return fieldChanges(declared, live, path).filter((each) => each.kind === 'added' && !isEmpty(each.to));
  return parts.flatMap(([part, inner]) => {
    const at = [...path, part];
    const [before, now] = [childOf(declared, part), childOf(live, part)];
    if (now === undefined || isEmpty(now)) return [];
    if (before !== undefined) return additions(inner as Item, before, now, at);
    // Items that were added to a declared list are compared as such.
    return part.startsWith('f:') ? [{ kind: 'added', field: formatField(at), path: at, to: now }] : [];
  });
}

/** What a part of a path in managedFields leads to: a key, or the item of a list with these values. */
function childOf(value: unknown, part: string): unknown {
  const content = part.slice(2);
  if (part.startsWith('f:')) return isMap(value) ? value[content] : undefined;
  if (!part.startsWith('k:') || !Array.isArray(value)) return undefined;
  const wanted = Object.entries(JSON.parse(content) as Item);
  // What a declaration leaves out, such as a port's protocol, is the server's default.
  return value.filter(isMap).find((item) => wanted.every(([key, each]) => item[key] === undefined || item[key] === each));
}
