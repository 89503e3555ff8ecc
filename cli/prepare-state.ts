import type { Deployment, Stack } from '@pulumi/pulumi/automation';
import type { Cluster } from '../lib/deploy/cluster';
import { resourceName } from '../lib/deploy/resource-name';
import type { FormerPaths } from '../lib/synth/aliases';
import type { Manifest, SynthesizedObject } from '../lib/synth/synthesized';
import { objectKey } from '../lib/synth/validation';
import { inItsWords } from './pulumi-words';
import { forgetVanished } from './vanished-objects';
import { nameOf, pendingOf, resourcesOf, type StateResource, without } from './state';

/**
 * Makes a stack's state fit for the next `up`: refuses one with which Pulumi would delete what is declared, and forgets what a killed `up` was
 * about. Pulumi itself would warn of that in each `up`, until a person answers for every object.
 *
 * @throws Error naming objects that moved to another construct without an alias
 */
export async function prepareState(
  stack: Stack,
  objects: readonly SynthesizedObject[],
  formerPaths: FormerPaths,
  cluster: Pick<Cluster, 'absentOf'>,
): Promise<void> {
  const before = await inItsWords(stack.exportStack());
  const state = (await forgetVanished(stack, before, cluster)) ? await inItsWords(stack.exportStack()) : before;
  mustNotDelete(state, objects, formerPaths);
  const pending = pendingOf(state);
  if (pending.length === 0) return;
  await inItsWords(stack.importStack(without(state, pending)));
  for (const each of leftOver(state, objects)) console.error(`An earlier \`up\` was killed while it made ${each}`);
}

/**
 * Refuses a state with which Pulumi would delete what is declared.
 *
 * @throws Error naming objects that moved to another construct without an alias
 */
export function mustNotDelete(state: Deployment, objects: readonly SynthesizedObject[], formerPaths: FormerPaths): void {
  const doomed = doomedObjects(state, objects, formerPaths);
  if (doomed.length > 0)
    throw new Error(
      `nothing was changed, because Pulumi would delete what is declared:\n${doomed.map((each) => `  - ${each}`).join('\n')}`,
    );
}

/**
 * Objects that the state has under a path by which nothing declares them any more, while another construct does, and those that are declared
 * in another apiVersion. Pulumi makes the new one and then deletes the old one, which in the cluster are one and the same. What moved and is
 * there, `up` refuses by its annotation as well. What got another apiVersion has the annotation, so nothing else sees it.
 */
export function doomedObjects(state: Deployment, objects: readonly SynthesizedObject[], formerPaths: FormerPaths): string[] {
  const declared = new Map(objects.map((object) => [objectKey(object.manifest), object]));
  return resourcesOf(state).flatMap((resource) => {
    const object = resource.inputs && declared.get(objectKey(resource.inputs));
    if (object === undefined) return [];
    const own = [object.path, ...formerPaths.of(object.path)].map((path) => resourceName(path, object));
    const name = nameOf(resource);
    // Another run of the same name cannot be: the name has the hash that its resource's name has.
    if (own.includes(name)) return isOfType(resource, object.manifest) ? [] : [otherVersion(resource, object)];
    const before = name.replace(/#[0-9a-f]{10}$/, '');
    return [
      `${object.path}: ${objectKey(object.manifest)} was declared by ${before}; if that construct was renamed or moved, say so in ` +
        `stacks/aliases.ts: '${before}': '${object.path}'. If it is another one, give one of the two objects another name`,
    ];
  });
}

/** Pulumi's type of an object, such as `kubernetes:core/v1:ConfigMap`, has its apiVersion, and is part of the URN. */
function isOfType({ type }: StateResource, { apiVersion, kind }: Manifest): boolean {
  return type === `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

function otherVersion({ urn, type }: StateResource, { path, manifest }: SynthesizedObject): string {
  return (
    `${path}: ${objectKey(manifest)} is declared as ${manifest.apiVersion} now; Pulumi's state has it as ${type}, which is another object to ` +
    `Pulumi. Declare the former apiVersion again, or let the state forget it, and \`up\` takes it over: pulumi state delete '${urn}'`
  );
}

/** What a killed `up` was making that nothing declares any more; what is still declared is taken over. */
export function leftOver(state: Deployment, objects: readonly SynthesizedObject[]): string[] {
  const declared = new Set(objects.map(({ manifest }) => objectKey(manifest)));
  return pendingOf(state)
    .filter(({ type }) => type === 'creating')
    .flatMap(({ resource }) => resource.inputs ?? [])
    .filter((manifest) => !declared.has(objectKey(manifest)))
    .map(
      ({ kind, metadata: { name, namespace } }) =>
        `${kind} ${name}, which is not declared any more; if it exists, remove it: ` +
        `kubectl delete ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` --namespace ${namespace}`}`,
    );
}
