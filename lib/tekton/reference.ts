/**
 * Tekton variables as typed values: what stands for a string is a string, what stands for an array or an object is not, so that one kind
 * cannot be given for another.
 *
 * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/variables.md
 */

declare const reference: unique symbol;
/** A variable such as `$(params.url)`, which stands for a string when the run starts. It may be part of a longer text. */
export type Reference = string & { readonly [reference]: 'string' };

const whole: unique symbol = Symbol('whole');
interface Whole<T extends 'array' | 'object'> {
  readonly type: T;
  /** What Tekton reads for all of it. */
  readonly text: string;
}

/** The variable of an array, `$(params.flags[*])`. It can be handed on or be an argument of a step; it is never part of a text. */
export interface ArrayReference {
  readonly [whole]: Whole<'array'>;
}

/**
 * The variables of an object: `repo.url` is `$(params.repo.url)`. Handed on as it is, it stands for the whole, `$(params.repo[*])`.
 *
 * @typeParam K - the names of its properties; an object with more properties serves where fewer are asked for
 */
export type ObjectReference<K extends string> = { readonly [P in K]: Reference } & { readonly [whole]: Whole<'object'> };

/** Makes the variable of a string. Only this room makes variables, so that one always names something declared. */
export function variable(path: string): Reference {
  return `$(${path})` as Reference;
}

/** Makes the variable of an array. */
export function arrayVariable(path: string): ArrayReference {
  return { [whole]: { type: 'array', text: variable(`${path}[*]`) } };
}

/** Makes the variables of an object with these properties. */
export function objectVariable<K extends string>(path: string, properties: readonly K[]): ObjectReference<K> {
  const each = properties.map((property) => [property, variable(`${path}.${property}`)]);
  const members = Object.fromEntries(each) as { readonly [P in K]: Reference };
  return { ...members, [whole]: { type: 'object', text: variable(`${path}[*]`) } };
}

/** A value as Tekton reads it: the variable of an array or an object as its text, everything else as it is. */
export function asText(value: unknown): unknown {
  return typeof value === 'object' && value !== null && whole in value ? (value as ArrayReference)[whole].text : value;
}

/** The kind of what a variable stands for that is no string. */
export function typeOf(value: ArrayReference | ObjectReference<never>): 'array' | 'object' {
  return value[whole].type;
}

/** The name of the run that a pipeline is executed by. */
export const RUN_NAME = variable('context.pipelineRun.name');

/** What tells a run of a task from all others, those of the same name among them that were there before. */
export const TASK_RUN_UID = variable('context.taskRun.uid');
