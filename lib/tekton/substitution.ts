import type { Params } from './params';
import type { ResultSpec } from './results';

/** The variables that Tekton substitutes in one place, without `$(` and `)`. */
export type Known = ReadonlySet<string>;

// Other `$(...)` are a shell's own.
const VARIABLE = /\$\(((?:params|results|workspaces|tasks|context|steps)[.[][^)]*)\)/g;

/** The variables that a value names: a text, or texts in lists and objects. */
export function variablesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(VARIABLE)].map((match) => match[1] ?? '');
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(variablesIn) : [];
}

/** What is wrong with the variables of a value: one line each, to be put after the construct's path. */
export function unknownVariables(where: string, value: unknown, known: Known): string[] {
  return variablesIn(value)
    .filter((each) => !known.has(each))
    .map((each) => {
      const group = each.slice(0, each.search(/[.[]/));
      const likely = [...known].filter((other) => other.startsWith(`${group}.`)).map((other) => `$(${other})`);
      return `${where} names $(${each}), which it cannot have; of ${group} it has: ${likely.join(', ') || 'none'}. Use the handle of what is declared`;
    });
}

/** The variables of parameters inside of a text, and with `whole` those of arrays and objects as well. */
export function paramVariables(params: Params, { whole }: { readonly whole: 'none' | 'arrays' | 'all' }): string[] {
  return Object.entries(params).flatMap(([name, spec]) => {
    const path = `params.${name}`;
    if (spec.type === 'array') return whole === 'none' ? [] : [`${path}[*]`];
    return spec.type === 'object' ? members(path, spec.properties, whole === 'all') : [path];
  });
}

/** The variables of the results of a task in a pipeline. */
export function resultVariables(task: string, results: readonly ResultSpec[]): string[] {
  return results.flatMap((result) => {
    if (typeof result === 'string') return [`tasks.${task}.results.${result}`];
    const path = `tasks.${task}.results.${result.name}`;
    return result.type === 'array' ? [`${path}[*]`] : members(path, result.properties, true);
  });
}

function members(path: string, properties: object, whole: boolean): string[] {
  return [...Object.keys(properties).map((key) => `${path}.${key}`), ...(whole ? [`${path}[*]`] : [])];
}

/** @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/variables.md#variables-available-in-a-pipeline */
export const PIPELINE_CONTEXT = [
  'context.pipelineRun.name',
  'context.pipelineRun.namespace',
  'context.pipelineRun.uid',
  'context.pipeline.name',
];
/** @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/variables.md#variables-available-in-a-task */
export const TASK_CONTEXT = ['context.taskRun.name', 'context.taskRun.namespace', 'context.taskRun.uid', 'context.task.name'];
