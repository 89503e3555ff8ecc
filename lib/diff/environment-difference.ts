import type { FormerPaths } from '../synth/aliases';
import type { Manifest } from '../synth/synthesized';
import { objectKey } from '../synth/validation';
import type { DescribedObject } from './described-object';
import { type FieldChange, fieldChanges } from './field-changes';
import { type ImageDifference, imageEffect, imageOf } from './image-effects';
import type { PackageSizes } from './layer-bytes';
import { hasBuildpackLayers, layerDifference, layersOfStacks } from './layer-effects';
import { differByHashOnly, type Pair, pairObjects } from './object-pairs';

/** How one object differs. */
export interface ObjectDifference {
  /** `moved`: another construct path declares the same object; its fields may differ too. */
  readonly kind: 'new' | 'gone' | 'changed' | 'moved';
  readonly chart: string;
  /** The construct path; the former one for an object that is gone. */
  readonly path: string;
  /** Group, kind, namespace and name. */
  readonly object: string;
  /** For a moved object: the construct path before. */
  readonly formerPath?: string;
  /** True for a moved object of which no alias says so: `up` will refuse it (docs/decisions/0007). */
  readonly lacksAlias?: true;
  /** The name before, when the name ends in a hash of the content. */
  readonly formerName?: string;
  readonly changes: readonly FieldChange[];
  /** For a run: the construct paths of what it executes that differs: its pipeline, tasks, files. */
  readonly executes?: readonly string[];
}

/** How two sets of objects differ. */
export interface EnvironmentDifference {
  readonly objects: readonly ObjectDifference[];
  /** Every image of both sides, in the order of declaration. */
  readonly images: readonly ImageDifference[];
}

/** What is known of objects beside themselves. */
export interface KnownOfObjects {
  /** What the constructs of `to` were called before. @default - not known: nothing is said of aliases that lack */
  readonly formerPaths?: FormerPaths | undefined;
  /** How large packages are. @default - not known: nothing is said of bytes */
  readonly sizes?: PackageSizes;
}

/** Compares two sets of objects, construct by construct. */
export function compareObjects(
  from: readonly DescribedObject[],
  to: readonly DescribedObject[],
  { formerPaths, sizes = () => undefined }: KnownOfObjects = {},
): EnvironmentDifference {
  const pairs = pairObjects(from, to);
  const differing = pairs.flatMap((pair) => differenceOf(pair, formerPaths) ?? []);
  const differingPaths = new Set(differing.map(({ path }) => path));
  const objects = differing.map((difference) => {
    const run = to.find(({ path, manifest }) => path === difference.path && manifest.kind === 'PipelineRun');
    if (run === undefined || difference.kind === 'new') return difference;
    const executes = executedBy(run.manifest, to).filter((path) => differingPaths.has(path));
    return executes.length === 0 ? difference : { ...difference, executes };
  });
  const stacks = { from: layersOfStacks(from), to: layersOfStacks(to) };
  return { objects, images: pairs.flatMap((pair) => imageDifference(pair, stacks, sizes) ?? []) };
}

function differenceOf({ from, to }: Pair, formerPaths: FormerPaths | undefined): ObjectDifference | undefined {
  const described = to ?? from;
  if (described === undefined) return undefined;
  const { chart, path, manifest } = described;
  const at = { chart, path, object: objectKey(manifest) };
  if (from === undefined || to === undefined) return { ...at, kind: from === undefined ? 'new' : 'gone', changes: [] };

  const formerName = from.manifest.metadata.name;
  const isRenamedByHash = formerName !== manifest.metadata.name && differByHashOnly(formerName, manifest.metadata.name);
  const changes = fieldChanges(isRenamedByHash ? withName(from.manifest, manifest.metadata.name) : from.manifest, manifest);
  if (from.path === path && changes.length === 0 && !isRenamedByHash) return undefined;
  // What has another name as well is another object: a new one is made and the old one deleted.
  const isTakenOver = from.path !== path && objectKey(from.manifest) === objectKey(manifest);
  return {
    ...at,
    kind: from.path === path ? 'changed' : 'moved',
    ...(from.path !== path && { formerPath: from.path }),
    ...(isTakenOver && formerPaths?.of(path).includes(from.path) === false && { lacksAlias: true }),
    ...(isRenamedByHash && { formerName }),
    changes,
  };
}

const withName = (manifest: Manifest, name: string): Manifest => ({ ...manifest, metadata: { ...manifest.metadata, name } });

interface RunSpec {
  readonly pipelineRef?: { readonly name?: string };
  readonly workspaces?: readonly { readonly configMap?: { readonly name?: string } }[];
}
interface PipelineSpec {
  readonly tasks?: readonly { readonly taskRef?: { readonly name?: string } }[];
  readonly finally?: PipelineSpec['tasks'];
}

/** The construct paths of what a run executes: its hash, and so its name, is also made of their content. */
function executedBy({ metadata, spec }: Manifest, objects: readonly DescribedObject[]): string[] {
  const find = (kind: string, name: string | undefined): DescribedObject[] =>
    objects.filter(
      ({ manifest }) =>
        manifest.kind === kind && manifest.metadata.name === name && manifest.metadata.namespace === metadata.namespace,
    );
  const { pipelineRef, workspaces = [] } = spec as RunSpec;
  const pipelines = find('Pipeline', pipelineRef?.name);
  const tasks = pipelines.flatMap(({ manifest }) => {
    const { tasks: main = [], finally: last = [] } = manifest['spec'] as PipelineSpec;
    return [...main, ...last].flatMap(({ taskRef }) => find('Task', taskRef?.name));
  });
  const files = workspaces.flatMap(({ configMap }) => find('ConfigMap', configMap?.name));
  return [...new Set([...pipelines, ...tasks, ...files].map(({ path }) => path))];
}

function imageDifference(
  { from, to }: Pair,
  stacks: Readonly<Record<'from' | 'to', ReturnType<typeof layersOfStacks>>>,
  sizes: PackageSizes,
): ImageDifference | undefined {
  const [before, after] = [imageOf(from?.manifest), imageOf(to?.manifest)];
  const path = to?.path ?? from?.path;
  if (path === undefined || (before === undefined && after === undefined)) return undefined;
  const isAnotherRun = from?.manifest.metadata.name !== to?.manifest.metadata.name;
  const layers = layerDifference({ run: from, stacks: stacks.from }, { run: to, stacks: stacks.to }, sizes);
  const effect = imageEffect(before, after, isAnotherRun);
  const hasOthers = (effect === 'new' || effect === 'rebuilt') && to !== undefined && hasBuildpackLayers(to);
  return {
    path,
    effect,
    ...(before !== undefined && { from: before }),
    ...(after !== undefined && { to: after }),
    ...(layers !== undefined && { layers }),
    ...(hasOthers && { buildpackLayers: 'other' }),
  };
}
