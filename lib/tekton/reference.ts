/**
 * Tekton variables as typed values: what stands for a string is a string, what stands for an array or an object is not, so that one kind
 * cannot be given for another.
 *
 * A variable knows whose it is until it is rendered (lib/tekton/text.ts), since another pipeline may have one of the same name. In a text
 * that somebody wrote nothing is a variable.
 *
 * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/variables.md
 */

declare const reference: unique symbol;
/** A variable such as `$(params.url)`, which stands for a string when the run starts. It may be part of a longer text. */
export type Reference = string & { readonly [reference]: 'string' };

const whole: unique symbol = Symbol('whole');
interface Whole<T extends 'array' | 'object'> {
  readonly type: T;
  /** The variable of all of it. */
  readonly variable: Reference;
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

// Characters for private use: what people write has none.
const [OPEN, OF, CLOSE] = ['\uE000', '\uE001', '\uE002'] as const;
const VARIABLE = new RegExp(`${OPEN}([^${OPEN}${OF}${CLOSE}]*)${OF}([^${OPEN}${OF}${CLOSE}]*)${CLOSE}`);

/** A variable inside of a text: whose it is, and its path. */
export interface Named {
  /** The construct path of the task or pipeline; '' for what every run of a pipeline has. */
  readonly owner: string;
  readonly path: string;
}

/** The path of a member: what has a dot in its name stands in brackets, or Tekton would take the dot for the end of the name. */
export function member(parent: string, name: string): string {
  return name.includes('.') ? `${parent}["${name}"]` : `${parent}.${name}`;
}

/** Makes the variable of a string. Only this room makes variables, so that one always names something declared. */
export function variable(owner: string, path: string): Reference {
  return `${OPEN}${owner}${OF}${path}${CLOSE}` as Reference;
}

/** Makes the variable of an array. */
export function arrayVariable(owner: string, path: string): ArrayReference {
  return withWhole({}, 'array', variable(owner, `${path}[*]`));
}

/** Makes the variables of an object with these properties. */
export function objectVariable<K extends string>(owner: string, path: string, properties: readonly K[]): ObjectReference<K> {
  const members = Object.fromEntries(properties.map((property) => [property, variable(owner, member(path, property))]));
  return withWhole(members as { readonly [P in K]: Reference }, 'object', variable(owner, `${path}[*]`));
}

/** A copy of it (`{ ...repo, url: 'x' }`) does not stand for the whole: it is an object like any other. */
function withWhole<M extends object, T extends 'array' | 'object'>(members: M, type: T, all: Reference) {
  return Object.defineProperty(members, whole, { value: { type, variable: all } }) as M & { readonly [whole]: Whole<T> };
}

/** The kind of what a variable that is no string stands for; undefined for every other value. */
export function typeOf(value: unknown): 'array' | 'object' | undefined {
  return isWhole(value) ? value[whole].type : undefined;
}

/** A value with the variable of an array or an object as a text, everything else as it is. */
export function asText(value: unknown): unknown {
  return isWhole(value) ? value[whole].variable : value;
}

function isWhole(value: unknown): value is ArrayReference | ObjectReference<never> {
  return typeof value === 'object' && value !== null && whole in value;
}

/** A text taken apart: what was written, and the variables between. */
export function partsOf(text: string): readonly (string | Named)[] {
  const pieces = text.split(VARIABLE);
  // Text, owner, path, text, owner, path, text.
  return pieces.flatMap((piece, i): (string | Named)[] => {
    if (i % 3 === 0) return [piece];
    return i % 3 === 1 ? [{ owner: piece, path: pieces[i + 1] ?? '' }] : [];
  });
}

/** The name of the run that a pipeline is executed by. */
export const RUN_NAME = variable('', 'context.pipelineRun.name');

/** The owner of what every task knows of its own run. */
export const TASK_RUN = '(task run)';

/** What tells a run of a task from all others, those of the same name among them that were there before. */
export const TASK_RUN_UID = variable(TASK_RUN, 'context.taskRun.uid');
