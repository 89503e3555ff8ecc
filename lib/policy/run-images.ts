import { podSpecsOf } from '../synth/pod-specs';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';

/** An image that a run gives to a step. */
export interface GivenImage {
  readonly task: string;
  readonly step: string;
  /** Undefined when no argument and no default gives it, or when it is a result that no declaration knows. */
  readonly image: string | undefined;
}

interface Param {
  readonly name: string;
  readonly value?: unknown;
  readonly default?: unknown;
}

interface Spec {
  readonly params?: readonly Param[];
  readonly tasks?: readonly { readonly taskRef?: { readonly name?: string }; readonly params?: readonly Param[] }[];
  readonly pipelineRef?: { readonly name?: string };
  readonly taskRef?: { readonly name?: string };
}

/** The images of a run's steps that its tasks take as parameters, followed from the step to the argument. */
export function imagesOfRun(run: Manifest, objects: readonly SynthesizedObject[]): readonly GivenImage[] {
  if (run.kind !== 'PipelineRun' && run.kind !== 'TaskRun') return [];
  const find = finder(objects);
  const spec = specOf(run);
  const { namespace } = run.metadata;
  if (run.kind === 'TaskRun') return imagesOfTask(find('Task', namespace, spec.taskRef?.name), () => argumentsOf(spec.params));
  const pipeline = find('Pipeline', namespace, spec.pipelineRef?.name);
  if (pipeline === undefined) return [];
  const { params, tasks = [] } = specOf(pipeline);
  const given = (): ReadonlyMap<string, string | undefined> => new Map([...argumentsOf(params), ...argumentsOf(spec.params)]);
  return tasks.flatMap(({ taskRef, params: passed = [] }) =>
    imagesOfTask(find('Task', namespace, taskRef?.name), () => {
      const all = given();
      return new Map(passed.map(({ name, value }) => [name, substitute(value, all)]));
    }),
  );
}

function imagesOfTask(
  task: Manifest | undefined,
  arguments_: () => ReadonlyMap<string, string | undefined>,
): readonly GivenImage[] {
  if (task === undefined || !podSpecsOf(task).some(({ containers }) => containers.some(({ image }) => image?.includes('$('))))
    return [];
  const all = new Map([...argumentsOf(specOf(task).params), ...arguments_()]);
  return podSpecsOf(task).flatMap(({ containers }) =>
    containers
      .filter(({ image }) => image?.includes('$('))
      .map(({ name = '', image }) => ({ task: task.metadata.name, step: name, image: substitute(image, all) })),
  );
}

function specOf(manifest: Manifest): Spec {
  return manifest['spec'] ?? {};
}

/** Arguments, and the defaults of parameters. */
function argumentsOf(params: readonly Param[] = []): ReadonlyMap<string, string | undefined> {
  return new Map(
    params
      .map(({ name, value, default: otherwise }) => [name, value ?? otherwise] as const)
      .filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string'),
  );
}

function substitute(value: unknown, given: ReadonlyMap<string, string | undefined>): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, param] = /^\$\(params\.([^()]+)\)$/.exec(value) ?? [];
  if (param !== undefined) return given.get(param);
  return value.includes('$(') ? undefined : value;
}

type Find = (kind: string, namespace: string | undefined, name: string | undefined) => Manifest | undefined;

// One table for all runs of an environment, or each would look through all objects.
const tables = new WeakMap<readonly SynthesizedObject[], ReadonlyMap<string, Manifest>>();

function finder(objects: readonly SynthesizedObject[]): Find {
  const table =
    tables.get(objects) ??
    new Map(
      objects
        .filter(({ manifest: { kind } }) => kind === 'Task' || kind === 'Pipeline')
        .map(({ manifest }) => [`${manifest.kind} ${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`, manifest]),
    );
  tables.set(objects, table);
  return (kind, namespace, name) => table.get(`${kind} ${namespace ?? ''}/${name ?? ''}`);
}
