import { diffArrays, structuredPatch } from 'diff';
import { type FieldPath, formatField } from './field-path';
import { isMap, type Item, mergeKeyOf } from './named-list';
import { comparePackages, type PackageChange } from './package-lock';

/** How one field differs. `field` is for people, `path` for programs. */
export type FieldChange = { readonly field: string; readonly path: FieldPath } & (
  | { readonly kind: 'added'; readonly to: unknown }
  | { readonly kind: 'removed'; readonly from: unknown }
  | { readonly kind: 'value'; readonly from: unknown; readonly to: unknown }
  /** Text of several lines; `lines` are those that differ, as a unified diff has them. */
  | { readonly kind: 'text'; readonly from: string; readonly to: string; readonly lines: readonly string[] }
  /** A lock of packages. */
  | { readonly kind: 'packages'; readonly from: string; readonly to: string; readonly packages: readonly PackageChange[] }
  /** A list of plain values. */
  | {
      readonly kind: 'items';
      readonly from: readonly unknown[];
      readonly to: readonly unknown[];
      readonly added: readonly unknown[];
      readonly removed: readonly unknown[];
    }
  /** The same items in another order, by name. */
  | { readonly kind: 'order'; readonly from: readonly unknown[]; readonly to: readonly unknown[] }
);

const CONTEXT = 2;

/** How two values differ, field by field; nothing when they mean the same. */
export function fieldChanges(from: unknown, to: unknown, path: FieldPath = []): FieldChange[] {
  const at = { field: formatField(path), path };
  if (from === undefined && to === undefined) return [];
  if (from === undefined) return [{ ...at, kind: 'added', to }];
  if (to === undefined) return [{ ...at, kind: 'removed', from }];
  if (typeof from === 'string' && typeof to === 'string') return textChanges(from, to, path);
  if (Array.isArray(from) && Array.isArray(to)) return listChanges(from, to, path);
  if (isMap(from) && isMap(to)) return mapChanges(from, to, path);
  return from === to ? [] : [{ ...at, kind: 'value', from, to }];
}

function mapChanges(from: Item, to: Item, path: FieldPath): FieldChange[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return keys.flatMap((key) => fieldChanges(from[key], to[key], [...path, `f:${key}`]));
}

function listChanges(from: readonly unknown[], to: readonly unknown[], path: FieldPath): FieldChange[] {
  const key = mergeKeyOf(from, to);
  if (key !== undefined) return namedListChanges(key, from as Item[], to as Item[], path);
  if ([...from, ...to].every((item) => !isMap(item) && !Array.isArray(item))) return plainListChanges(from, to, path);
  const longest = Math.max(from.length, to.length);
  return Array.from({ length: longest }, (_, index) => fieldChanges(from[index], to[index], [...path, `i:${index}`])).flat();
}

function namedListChanges(key: string, from: readonly Item[], to: readonly Item[], path: FieldPath): FieldChange[] {
  const names = (list: readonly Item[]): unknown[] => list.map((item) => item[key]);
  const [before, after] = [names(from), names(to)];
  const inner = [...new Set([...before, ...after])].flatMap((name) =>
    fieldChanges(from[before.indexOf(name)], to[after.indexOf(name)], [...path, `k:${JSON.stringify({ [key]: name })}`]),
  );
  const [kept, keptAfter] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  if (kept.every((name, index) => name === keptAfter[index])) return inner;
  return [{ field: formatField(path), path, kind: 'order', from: before, to: after }, ...inner];
}

function plainListChanges(from: readonly unknown[], to: readonly unknown[], path: FieldPath): FieldChange[] {
  const parts = diffArrays([...from], [...to]);
  const [added, removed] = [parts.filter((part) => part.added), parts.filter((part) => part.removed)].map((chosen) =>
    chosen.flatMap(({ value }) => value),
  ) as [unknown[], unknown[]];
  if (added.length + removed.length === 0) return [];
  const at = { field: formatField(path), path, from, to };
  const isMoveOnly = JSON.stringify([...added].sort()) === JSON.stringify([...removed].sort());
  return [isMoveOnly ? { ...at, kind: 'order' } : { ...at, kind: 'items', added, removed }];
}

function textChanges(from: string, to: string, path: FieldPath): FieldChange[] {
  if (from === to) return [];
  const at = { field: formatField(path), path, from, to };
  const [before, after] = [parseJson(from), parseJson(to)];
  if (before !== undefined && after !== undefined) {
    const inner = fieldChanges(before, after, [...path, 'json']);
    // Without one, only the layout of the JSON differs.
    if (inner.length > 0) return inner;
  }
  const packages = comparePackages(from, to);
  if (packages !== undefined && packages.length > 0) return [{ ...at, kind: 'packages', packages }];
  if (!from.includes('\n') && !to.includes('\n')) return [{ ...at, kind: 'value' }];
  return [{ ...at, kind: 'text', lines: differingLines(from, to) }];
}

function differingLines(from: string, to: string): string[] {
  const { hunks } = structuredPatch('', '', from, to, '', '', { context: CONTEXT });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
}

/** JSON that has an inside. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
