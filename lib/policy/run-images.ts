import { podSpecsOf } from '../synth/pod-specs';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import {
  namedTask,
  type Param,
  pipelineSpecOf,
  type PipelineTask,
  runSpecOf,
  type TaskSpec,
  tasksOf,
  type TektonReference,
} from '../synth/tekton-specs';

/** An image that a run gives to a step. */
export interface GivenImage {
  readonly task: string;
  readonly step: string;
  /** Undefined when no argument and no default gives it, or when it is known to the run alone: a result, a part of a matrix. */
  readonly image: string | undefined;
}

type Given = ReadonlyMap<string, string | undefined>;

/** The images of a run's steps that its tasks take as parameters, followed from the step to the argument. */
export function imagesOfRun(run: Manifest, objects: readonly SynthesizedObject[]): readonly GivenImage[] {
  const spec = runSpecOf(run);
  if (spec === undefined) return [];
  const find = finder(run, objects);
  const declared = find('Pipeline', spec.pipelineRef?.name);
  const pipeline = spec.pipelineSpec ?? (declared && pipelineSpecOf(declared));
  const given: Given = new Map([...argumentsOf(pipeline?.params), ...argumentsOf(spec.params)]);
  // The task of a TaskRun has the run's own arguments.
  const tasks: readonly PipelineTask[] = pipeline ? tasksOf(pipeline) : [];
  return [{ ...spec, name: run.metadata.name }, ...tasks].flatMap((placed) => imagesOfTask(placed, given, find));
}

/** What an object runs and nobody declares, whose images nobody knows: `the Pipeline 'theirs'`. */
export function unknownParts(manifest: Manifest, objects: readonly SynthesizedObject[]): readonly string[] {
  const find = finder(manifest, objects);
  const run = runSpecOf(manifest);
  const tasks = [run?.taskRef, ...tasksOf(pipelineSpecOf(manifest) ?? {}).map(({ taskRef }) => taskRef)];
  return [
    ...(run?.pipelineRef && (run.pipelineRef.resolver !== undefined || !find('Pipeline', run.pipelineRef.name))
      ? [words('Pipeline', run.pipelineRef)]
      : []),
    ...tasks.flatMap((ref) => (ref === undefined || find('Task', namedTask(ref)) ? [] : [words(ref.kind ?? 'Task', ref)])),
  ];
}

function words(kind: string, { name, resolver }: TektonReference): string {
  return resolver === undefined ? `the ${kind} '${name ?? ''}'` : `a ${kind} of the resolver '${resolver}'`;
}

function imagesOfTask(placed: PipelineTask, given: Given, find: Find): readonly GivenImage[] {
  const task = placed.taskSpec ? writtenInPlace(placed.taskSpec) : find('Task', namedTask(placed.taskRef));
  if (task === undefined) return [];
  const open = podSpecsOf(task).flatMap(({ containers }) => containers.filter(({ image }) => image?.includes('$(')));
  if (open.length === 0) return [];
  const { params = [], matrix } = placed;
  const passed = new Map(params.map(({ name, value }) => [name, substitute(value, given)]));
  const byMatrix = [...(matrix?.params ?? []), ...(matrix?.include ?? []).flatMap((each) => each.params ?? [])];
  const all = new Map([
    ...argumentsOf((task['spec'] as TaskSpec).params),
    // What is written in place sees the parameters around it, too.
    ...(placed.taskSpec ? given : []),
    ...passed,
    ...byMatrix.map(({ name }) => [name, undefined] as const),
  ]);
  const called = placed.taskRef?.name ?? placed.name ?? '';
  return open.map(({ name = '', image }) => ({ task: called, step: name, image: substitute(image, all) }));
}

function writtenInPlace(spec: TaskSpec): Manifest {
  return { apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: '' }, spec };
}

/** Arguments, and the defaults of parameters. */
function argumentsOf(params: readonly Param[] = []): Given {
  return new Map(
    params
      .map(({ name, value, default: otherwise }) => [name, value ?? otherwise] as const)
      .filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string'),
  );
}

function substitute(value: unknown, given: Given): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, param] = /^\$\(params\.([^()]+)\)$/.exec(value) ?? [];
  if (param !== undefined) return given.get(param);
  return value.includes('$(') ? undefined : value;
}

type Find = (kind: 'Task' | 'Pipeline', name: string | undefined) => Manifest | undefined;

// One table for all runs of an environment, or each would look through all objects.
const tables = new WeakMap<readonly SynthesizedObject[], ReadonlyMap<string, Manifest>>();

/** Looks up what is declared in the namespace of an object. */
function finder({ metadata: { namespace = '' } }: Manifest, objects: readonly SynthesizedObject[]): Find {
  const table =
    tables.get(objects) ??
    new Map(
      objects
        .filter(({ manifest: { kind } }) => kind === 'Task' || kind === 'Pipeline')
        .map(({ manifest }) => [`${manifest.kind} ${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`, manifest]),
    );
  tables.set(objects, table);
  return (kind, name) => (name === undefined ? undefined : table.get(`${kind} ${namespace}/${name}`));
}
