import type { FormerPaths } from '../synth/aliases';
import { isRetained } from '../synth/retained';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { objectKey } from '../synth/validation';
import { PATH_ANNOTATION } from './annotations';
import type { LiveOwner } from './live-owners';
import { forEachQuestion, type OwnerSource } from './questions';
import { isRun } from './run-outcome';

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
  const problems = await forEachQuestion(objects, (group) => problemsOfGroup(group, formerPaths, source));
  return problems.flat();
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
  const place = metadata.namespace === undefined ? '' : ` -n ${metadata.namespace}`;
  const ours = `kubectl annotate ${kind} ${metadata.name}${place} ${PATH_ANNOTATION}=${path}`;
  if (kind === 'Namespace') return `if it is to be ours, with all that is in it: ${ours}`;
  if (!isRetained(manifest)) return 'remove it, or give one of the two another name';
  return `others depend on it, so do not remove it. If it is to be ours: ${ours}`;
}
