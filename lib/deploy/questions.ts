import type { Manifest } from '../synth/synthesized';
import type { LiveOwners } from './live-owners';

/** What can say which objects exist and who declared them. */
export type OwnerSource = Pick<LiveOwners, 'of' | 'all'>;

/** More objects of one kind in one namespace than this are asked for all at once. */
const FEW = 4;
/** Requests that are under way at the same time. */
const PARALLEL = 8;

interface Asked {
  readonly manifest: Manifest;
}

/**
 * Asks the cluster of many objects in few requests.
 *
 * @param ask - told objects of one kind and namespace, or a single one
 * @returns the answers, in the order of the objects' first
 */
export async function forEachQuestion<T extends Asked, Answer>(
  objects: readonly T[],
  ask: (group: readonly T[]) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const work = [...groupsOf(objects).entries()];
  const worker = async (): Promise<void> => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) {
      const [index, group] = next;
      answers[index] = await ask(group);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return answers;
}

/** Those of some objects that the cluster does not have. */
export async function absentOf<T extends Asked>(objects: readonly T[], source: OwnerSource): Promise<T[]> {
  const absent = await forEachQuestion(objects, async (group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { apiVersion, kind, metadata } = first.manifest;
    const live = group.length > 1 ? await source.all(apiVersion, kind, metadata.namespace) : [await source.of(first.manifest)];
    const names = new Set(live.map((each) => each?.name));
    return group.filter(({ manifest }) => !names.has(manifest.metadata.name));
  });
  return absent.flat();
}

/** Objects of one kind and namespace, as far as one question answers for all; else one object a group. */
function groupsOf<T extends Asked>(objects: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object.manifest;
    const key = `${apiVersion} ${kind} ${metadata.namespace ?? ''}`;
    const group = groups.get(key) ?? [];
    group.push(object);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => (isAskedWhole(group) ? [group] : group.map((each) => [each])));
}

/** Of kinds outside of namespaces, such as Namespace, a cluster has thousands that are not ours. */
function isAskedWhole(group: readonly Asked[]): boolean {
  return group.length > FEW && group[0]?.manifest.metadata.namespace !== undefined;
}
