import { PATH_ANNOTATION } from '../deploy/annotations';
import { parseRunName } from '../deploy/attempts';
import type { FormerPaths } from '../synth/aliases';
import type { Manifest } from '../synth/synthesized';
import { objectKey } from '../synth/validation';
import { TEMPLATE_LABEL } from '../tekton/pipeline-run';
import type { DescribedObject } from './described-object';
import { inShapeOf } from './live-shape';

/** Where live objects are read: a cluster. */
export interface ObjectSource {
  /** All objects of a kind, in a namespace or outside of namespaces. */
  list(kind: Pick<Manifest, 'apiVersion' | 'kind'>, namespace?: string): Promise<Manifest[]>;
}

/** A declared object and what the cluster has of it, whole. */
export interface LivePair {
  readonly declared: DescribedObject;
  readonly live?: Manifest;
  /** The construct that the live object is of, as it is called today: another one when an object moved without an alias. */
  readonly livePath?: string;
  /** The cluster does not have it, and need not: it has done its work and was removed. */
  readonly isDone?: true;
}

/** What a cluster has of an environment. */
export interface LiveEnvironment {
  readonly pairs: readonly LivePair[];
  /** Objects that a construct declared once and none declares now. */
  readonly undeclared: readonly DescribedObject[];
}

const AT_ONCE = 8;
/** What this project declares, or has declared: of what is gone from the declarations altogether, objects may be left. */
const NAMESPACED_KINDS = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'tekton.dev/v1', kind: 'Task' },
  { apiVersion: 'tekton.dev/v1', kind: 'Pipeline' },
  { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' },
];

/**
 * Reads what a cluster has of the declared objects, with one list for each kind and namespace.
 *
 * A run may be another attempt there, or, after a change of its declaration, an earlier run of the same construct.
 *
 * @param formerPaths - what the constructs were called before: the cluster knows the first name of each (docs/decisions/0007)
 */
export async function readLive(
  cluster: ObjectSource,
  declared: readonly DescribedObject[],
  formerPaths: FormerPaths,
): Promise<LiveEnvironment> {
  const all = await listAll(cluster, declared);
  const today = new Map(declared.flatMap(({ path }) => formerPaths.of(path).map((former) => [former, path] as const)));
  const pathOf = (live: Manifest): string | undefined => {
    const path = live.metadata.annotations?.[PATH_ANNOTATION];
    return path === undefined ? undefined : (today.get(path) ?? path);
  };
  const byKey = new Map(all.map((manifest) => [objectKey(manifest), manifest]));
  // Where nothing of ours is at all, nothing has been done either.
  const inhabited = new Set(all.filter((each) => pathOf(each) !== undefined).map(({ metadata }) => metadata.namespace));
  const pairs = declared.map((object): LivePair => {
    const { path, manifest } = object;
    const isOfPath = (each: Manifest): boolean => pathOf(each) === path;
    const live = manifest.kind === 'PipelineRun' ? newestRun(manifest, isOfPath, all) : byKey.get(objectKey(manifest));
    if (live !== undefined) return { declared: object, live, livePath: pathOf(live) ?? path };
    return isRemovedWhenDone(manifest) && inhabited.has(manifest.metadata.namespace)
      ? { declared: object, isDone: true }
      : { declared: object };
  });
  const found = new Set(pairs.map(({ live }) => live));
  const runPaths = new Set(declared.filter(({ manifest }) => manifest.kind === 'PipelineRun').map(({ path }) => path));
  const undeclared = all.flatMap((manifest) => {
    const path = pathOf(manifest);
    // An earlier run of a construct is what the newest came after, not something left behind.
    if (path === undefined || found.has(manifest) || (manifest.kind === 'PipelineRun' && runPaths.has(path))) return [];
    // One of a template has the annotations of its pipeline from Tekton, and is nothing of a declaration's.
    if (manifest.metadata.labels?.[TEMPLATE_LABEL] !== undefined) return [];
    return [{ chart: chartOf(path), path, manifest }];
  });
  return { pairs, undeclared };
}

/** A live environment as a set to compare: each object in the shape of its declaration, under the path of the construct that made it. */
export function describeLive({ pairs, undeclared }: LiveEnvironment): DescribedObject[] {
  const known = pairs.flatMap(({ declared, live, livePath: path = declared.path, isDone }) => {
    if (live === undefined) return isDone ? [declared] : [];
    return [{ chart: chartOf(path), path, manifest: asDeclared(declared.manifest, live) }];
  });
  return [...known, ...undeclared.map((each) => ({ ...each, manifest: withoutStatus(each.manifest) }))];
}

/** A live object in the shape of its declaration. Which attempt of a run it is was decided when it was deployed, not by a declaration. */
export function asDeclared(declared: Manifest, live: Manifest): Manifest {
  const shaped = inShapeOf(declared, live);
  const [one, other] = [parseRunName(declared.metadata.name), parseRunName(live.metadata.name)];
  if (one === undefined || one.run !== other?.run) return shaped;
  return { ...shaped, metadata: { ...shaped.metadata, name: declared.metadata.name } };
}

async function listAll(cluster: ObjectSource, declared: readonly DescribedObject[]): Promise<Manifest[]> {
  const places = new Map<string, readonly [Pick<Manifest, 'apiVersion' | 'kind'>, string | undefined]>();
  const all = [...NAMESPACED_KINDS, ...declared.map(({ manifest }) => manifest)];
  const kinds = new Map(all.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]));
  const namespaces = [...new Set(declared.map(({ manifest }) => manifest.metadata.namespace))];
  // In every namespace of ours, every kind of ours: what is not declared any more may have been the last of its kind there.
  for (const [name, { apiVersion, kind }] of kinds) {
    const isNamespaced =
      NAMESPACED_KINDS.some((each) => each.kind === kind) ||
      declared.some(({ manifest }) => manifest.kind === kind && manifest.metadata.namespace !== undefined);
    for (const namespace of namespaces.filter((each) => (each !== undefined) === isNamespaced))
      places.set(`${name} ${namespace ?? ''}`, [{ apiVersion, kind }, namespace]);
  }
  const waiting = [...places.values()];
  const lists: Manifest[][] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) lists.push(await cluster.list(...next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return lists.flat();
}

function newestRun(
  manifest: Manifest,
  isOfSameConstruct: (live: Manifest) => boolean,
  all: readonly Manifest[],
): Manifest | undefined {
  const wanted = parseRunName(manifest.metadata.name)?.run;
  const runs = all.filter(({ kind, metadata }) => kind === 'PipelineRun' && metadata.namespace === manifest.metadata.namespace);
  const attempts = runs.filter(({ metadata }) => wanted !== undefined && parseRunName(metadata.name)?.run === wanted);
  const candidates = attempts.length > 0 ? attempts : runs.filter(isOfSameConstruct);
  return candidates.sort((one, other) => madeAt(other) - madeAt(one))[0];
}

/**
 * Whether an object is removed by others once it has done its work: a Job by its own time to live, a run by whoever prunes runs. What it made
 * is in the registry, which `up` asks (docs/decisions/0001).
 */
function isRemovedWhenDone({ apiVersion, kind, spec }: Manifest): boolean {
  if (kind === 'PipelineRun') return true;
  return (
    kind === 'Job' && apiVersion.startsWith('batch/') && (spec as JobSpec | undefined)?.ttlSecondsAfterFinished !== undefined
  );
}
interface JobSpec {
  readonly ttlSecondsAfterFinished?: number;
}

const chartOf = (path: string): string => path.split('/')[0] ?? path;
const madeAt = ({ metadata }: Manifest): number =>
  new Date((metadata as { creationTimestamp?: string | Date }).creationTimestamp ?? 0).getTime();

function withoutStatus({ status, ...manifest }: Manifest): Manifest {
  const { apiVersion, kind, metadata } = manifest;
  const { name, namespace, annotations } = metadata;
  return {
    ...manifest,
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(annotations && { annotations }) },
  };
}
