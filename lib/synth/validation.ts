import type { IConstruct } from 'constructs';
import type { Manifest, SynthesizedObject } from './synthesized';

/** Everything that is wrong with an environment, one line a problem. */
export class SynthesisError extends Error {
  constructor(
    readonly environment: string,
    readonly problems: readonly string[],
  ) {
    super(`environment '${environment}' cannot be synthesized:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
    this.name = 'SynthesisError';
  }
}

/** The group, kind, namespace and name under which the API server knows an object. Versions of one group name the same object. */
export function objectKey({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';
  return `${group}/${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The problems of a tree: what constructs say of themselves, names the API server refuses, objects declared twice. */
export function problemsOf(root: IConstruct, objects: readonly SynthesizedObject[]): string[] {
  const own = root.node.findAll().flatMap((construct) => construct.node.validate());
  return [...own, ...objects.flatMap(nameProblems), ...doubled(objects)];
}

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
const LABEL = { pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, longest: 63, words: "lower-case letters, digits and '-'" };
const SUBDOMAIN = { pattern: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, longest: 253, words: "lower-case letters, digits, '-' and '.'" };
const PATH_SEGMENT = { pattern: /^[^/%]+$/, longest: 253, words: "anything without '/' and '%'" };
// Names of runs, tasks and pipelines become label values of the pods they make.
const LABEL_KINDS = new Set(['Namespace', 'Service', 'Task', 'Pipeline', 'PipelineRun']);
const PATH_SEGMENT_KINDS = new Set(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']);

function nameProblems({ path, manifest }: SynthesizedObject): string[] {
  const { kind, metadata } = manifest;
  const { name } = metadata as { name?: string };
  if (name === undefined) return [`${path}: the ${kind} has no metadata.name; give it one, names here are never generated`];
  const rule = LABEL_KINDS.has(kind) ? LABEL : PATH_SEGMENT_KINDS.has(kind) ? PATH_SEGMENT : SUBDOMAIN;
  if (name.length > rule.longest)
    return [
      `${path}: the name '${name}' of the ${kind} has ${name.length} characters; at most ${rule.longest} are allowed, shorten the id`,
    ];
  if (!rule.pattern.test(name)) return [`${path}: the name '${name}' of the ${kind} is not ${rule.words}; rename the construct`];
  return [];
}

function doubled(objects: readonly SynthesizedObject[]): string[] {
  const first = new Map<string, string>();
  return objects.flatMap(({ path, manifest }) => {
    const key = objectKey(manifest);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, path);
      return [];
    }
    return [`${path}: ${key} is declared by ${other} already; give one of them another name`];
  });
}
