import type { FormerPaths } from '../synth/aliases';
import { isRetained } from '../synth/retained';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { objectKey } from '../synth/validation';
import { PATH_ANNOTATION } from './annotations';
import type { LiveOwner, LiveOwners } from './live-owners';
import { isRun } from './run-outcome';

/** What can say which objects exist and who declared them. */
export type OwnerSource = Pick<LiveOwners, 'of' | 'all'>;

/** More objects of one kind in one namespace than this are asked for all at once. */
const FEW = 4;
/** Requests that are under way at the same time. */
const PARALLEL = 8;

/**
 * Why declared objects would take over, or rename, what is in the cluster.
 *
 * @returns a line an object; none when every one is absent, or was declared by the same construct under a path that it has or had
 */
export async function takeoverProblems(
  objects: readonly SynthesizedObject[],
  formerPaths: FormerPaths,
  source: OwnerSource,
): Promise<string[]> {
  const groups = groupsOf(objects);
  const problems: string[][] = [];
  const work = [...groups.entries()];
  const worker = async (): Promise<void> => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) {
      const [index, group] = next;
      problems[index] = await problemsOfGroup(group, formerPaths, source);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return problems.flat();
}

/** Objects of one kind and namespace, as far as one question answers for all; else one object a group. */
function groupsOf(objects: readonly SynthesizedObject[]): SynthesizedObject[][] {
  const groups = new Map<string, SynthesizedObject[]>();
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
function isAskedWhole(group: readonly SynthesizedObject[]): boolean {
  return group.length > FEW && group[0]?.manifest.metadata.namespace !== undefined;
}

async function problemsOfGroup(
  group: readonly SynthesizedObject[],
  formerPaths: FormerPaths,
  source: OwnerSource,
): Promise<string[]> {
  const [first] = group;
  if (first === undefined) return [];
  const { apiVersion, kind, metadata } = first.manifest;
  // A run's name follows its spec, and Pulumi's state keeps the one that it has.
  const isKeptByAlias = !isRun(first.manifest) && group.some(({ path }) => formerPaths.of(path).length > 0);
  const live =
    isKeptByAlias || group.length > 1
      ? await source.all(apiVersion, kind, metadata.namespace)
      : [await source.of(first.manifest)].filter((each) => each !== undefined);
  return group.flatMap((object) => problemsOfObject(object, isKeptByAlias ? formerPaths.of(object.path) : [], live, formerPaths));
}

function problemsOfObject(
  { path, manifest }: SynthesizedObject,
  keptBy: readonly string[],
  live: readonly LiveOwner[],
  formerPaths: FormerPaths,
): string[] {
  const { name } = manifest.metadata;
  const existing = live.find((each) => each.name === name);
  if (existing !== undefined && ![path, ...formerPaths.of(path)].includes(existing.owner ?? '')) {
    const found =
      existing.owner === undefined
        ? `was not made by this project; ${remedyFor(path, manifest)}`
        : `was declared by ${existing.owner}; if that construct was renamed or moved, say so in stacks/aliases.ts: ` +
          `'${existing.owner}': '${path}'. If it is another one, give one of the two objects another name`;
    return [`${path}: ${objectKey(manifest)} exists and ${found}`];
  }
  const other = existing ? undefined : live.find(({ owner }) => owner !== undefined && keptBy.includes(owner));
  if (other === undefined) return [];
  return [
    `${path}: its alias keeps the object that ${other.owner} declared, which is called ${other.name}, but ${objectKey(manifest)} is declared; ` +
      `an object cannot be renamed. Give it metadata.name '${other.name}' again, or remove the alias: then the new one is made and the old one deleted`,
  ];
}

/** What others depend on must not be removed on the way to us. */
function remedyFor(path: string, manifest: Manifest): string {
  const { kind, metadata } = manifest;
  if (!isRetained(manifest)) return 'remove it, or give one of the two another name';
  const place = metadata.namespace === undefined ? '' : ` -n ${metadata.namespace}`;
  return `others depend on it, so do not remove it. If it is to be ours: kubectl annotate ${kind} ${metadata.name}${place} ${PATH_ANNOTATION}=${path}`;
}
