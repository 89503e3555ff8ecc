import type { IConstruct } from 'constructs';
import type { Manifest, SynthesizedChart, SynthesizedObject } from './synthesized';

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
export function problemsOf(root: IConstruct, charts: readonly SynthesizedChart[]): string[] {
  const own = root.node.findAll().flatMap((construct) => construct.node.validate());
  const objects = charts.flatMap((chart) => chart.objects);
  return [...own, ...objects.flatMap(nameProblems), ...doubled(objects)];
}

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ ; names of labels and runs are the stricter kind.
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/;
const STRICT_KINDS = new Set(['Namespace', 'Service', 'Task', 'Pipeline', 'PipelineRun']);

function nameProblems({ path, manifest }: SynthesizedObject): string[] {
  const { name } = manifest.metadata as { name?: string };
  if (name === undefined)
    return [`${path}: the ${manifest.kind} has no metadata.name; give it one, names here are never generated`];
  const longest = STRICT_KINDS.has(manifest.kind) ? 63 : 253;
  if (name.length > longest)
    return [
      `${path}: the name '${name}' of the ${manifest.kind} has ${name.length} characters; at most ${longest} are allowed, shorten the id`,
    ];
  if (!SUBDOMAIN.test(name))
    return [
      `${path}: the name '${name}' of the ${manifest.kind} is not lower-case letters, digits and '-'; rename the construct`,
    ];
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
