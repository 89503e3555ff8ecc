import { objectKey } from '../synth/validation';
import type { DescribedObject } from './described-object';
import { imageOf } from './image-effects';

/** An object before and after; one side is missing for a new one and for one that is gone. */
export interface Pair {
  readonly from?: DescribedObject;
  readonly to?: DescribedObject;
}

/**
 * Which object of one set is which of the other: by construct path, then by what the API server calls it, then by its name without the
 * hash of its content; a run, at last, by the repository that its image goes to.
 */
export function pairObjects(from: readonly DescribedObject[], to: readonly DescribedObject[]): Pair[] {
  const partner = new Map<DescribedObject, DescribedObject>();
  const taken = new Set<DescribedObject>();
  for (const identity of [byPath, byKey, byNameWithoutHash, byRepository]) {
    const free = new Map<string, DescribedObject[]>();
    for (const object of from.filter((each) => !taken.has(each)))
      free.set(identity(object), [...(free.get(identity(object)) ?? []), object]);
    for (const object of to.filter((each) => !partner.has(each))) {
      const candidate = free.get(identity(object))?.shift();
      if (candidate === undefined) continue;
      partner.set(object, candidate);
      taken.add(candidate);
    }
  }
  const after = to.map((object): Pair => {
    const old = partner.get(object);
    return old === undefined ? { to: object } : { from: old, to: object };
  });
  return [...after, ...from.filter((each) => !taken.has(each)).map((each): Pair => ({ from: each }))];
}

const HASH = /^(.+?)-[0-9a-f]{8,64}(-[1-9][0-9]*)?$/;

/** Whether two names differ by nothing but the hash of what they name. */
export function differByHashOnly(one: string, other: string): boolean {
  return HASH.test(one) && HASH.test(other) && withoutHash(one) === withoutHash(other);
}

const withoutHash = (name: string): string => HASH.exec(name)?.[1] ?? name;
const kindOf = ({ apiVersion, kind }: DescribedObject['manifest']): string => `${apiVersion.replace(/\/.*/, '')}/${kind}`;
const byPath = ({ path, manifest }: DescribedObject): string => `${path} ${kindOf(manifest)}`;
const byKey = ({ manifest }: DescribedObject): string => objectKey(manifest);
const byNameWithoutHash = ({ manifest }: DescribedObject): string =>
  objectKey({ ...manifest, metadata: { ...manifest.metadata, name: withoutHash(manifest.metadata.name) } });
const byRepository = (object: DescribedObject): string =>
  imageOf(object.manifest)?.replace(/(@.*|:[^:/]+)$/, '') ?? byPath(object);
