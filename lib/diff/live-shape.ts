import type { Manifest } from '../synth/synthesized';
import { isMap, type Item, mergeKeyOf } from './named-list';
import { holdsQuantity, sameQuantity } from './quantity';

/** Beside selectors, in which an empty map takes everything: maps in which an entry of somebody else is a change of what was declared, for whoever reads them gets all of it. */
const WHOLE_MAPS = new Set(['data', 'binaryData', 'stringData']);

/**
 * A live object as far as its declaration speaks of it: without what the server and controllers keep there and the defaults that they add.
 * Items that somebody added to a list stay, and so do added keys of a ConfigMap's data. What people added elsewhere is in added-fields.ts.
 */
export function inShapeOf(declared: Manifest, live: Manifest): Manifest {
  return shape(declared, live, []) as Manifest;
}

function shape(declared: unknown, live: unknown, keys: readonly string[]): unknown {
  // The server leaves out what is empty.
  if (live === undefined) return isEmpty(declared) ? declared : undefined;
  if (isMap(declared) && isMap(live)) return mapShape(declared, live, keys);
  if (Array.isArray(declared) && Array.isArray(live)) return listShape(declared, live, keys);
  return holdsQuantity(keys) && sameQuantity(declared, live) ? declared : live;
}

function mapShape(declared: Item, live: Item, keys: readonly string[]): Item {
  const isSelector = /selector$/i.test(keys.at(-1) ?? '');
  const isWhole = isSelector || (keys.length === 1 && WHOLE_MAPS.has(keys[0] ?? ''));
  const wanted = isWhole ? [...new Set([...Object.keys(declared), ...Object.keys(live)])] : Object.keys(declared);
  const entries = wanted
    .map((key) => [key, key in declared ? shape(declared[key], live[key], [...keys, key]) : live[key]] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function listShape(declared: readonly unknown[], live: readonly unknown[], keys: readonly string[]): unknown[] {
  const key = mergeKeyOf(declared, live);
  return live.map((item, index) => {
    const counterpart =
      key === undefined ? declared[index] : declared.find((each) => (each as Item)[key] === (item as Item)[key]);
    return counterpart === undefined ? item : shape(counterpart, item, keys);
  });
}

/** Whether the server may leave a value out, or add it, without a difference in what it means. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === '' || (isMap(value) && Object.keys(value).length === 0);
}
