/**
 * Typed parameters, results and workspaces: a wrong name, a missing argument or an array given for a string does not compile.
 *
 * @see https://tekton.dev/docs/pipelines/tasks/#specifying-parameters
 */

/** The kinds of parameter that we use; `object` parameters are beta in Tekton 0.59 and left out. */
export type ParamType = 'string' | 'array';

/** What a task or pipeline says of one of its parameters. */
export interface ParamSpec<T extends ParamType = ParamType> {
  /** @default 'string' */
  readonly type?: T;
  /** A sentence for whoever reads the synthesized manifest. */
  readonly description?: string;
  /** The value when no argument is given. @default - the argument is required */
  readonly default?: T extends 'array' ? readonly string[] : string;
}

export type Params = Readonly<Record<string, ParamSpec>>;

declare const reference: unique symbol;
/** A Tekton variable such as `$(params.url)`, which stands for a value of type T when the run starts. */
export type Reference<T extends ParamType = 'string'> = string & { readonly [reference]: T };

type TypeOf<P> = P extends { readonly type: infer T extends ParamType } ? T : 'string';
type ValueOf<T extends ParamType> = T extends 'array' ? readonly string[] | Reference<'array'> : string | Reference;
type RequiredNames<P> = { [K in keyof P]: P[K] extends { readonly default: unknown } ? never : K }[keyof P];

/** The arguments for parameters P: required unless they have a default. */
export type Arguments<P> = { readonly [K in RequiredNames<P>]: ValueOf<TypeOf<P[K]>> } & {
  readonly [K in Exclude<keyof P, RequiredNames<P>>]?: ValueOf<TypeOf<P[K]>>;
};

/** The variables by which a task or pipeline names its own parameters. */
export type References<P> = { readonly [K in keyof P]: Reference<TypeOf<P[K]>> };

/** Makes a variable reference. Only this room makes them, so that a reference always names something declared. */
export function variable<T extends ParamType = 'string'>(path: string): Reference<T> {
  return `$(${path})` as Reference<T>;
}

/** The name of the run that a pipeline is executed by. */
export const RUN_NAME = variable('context.pipelineRun.name');

/** An image by the digest that an earlier task hands on: `<repository>@<digest>`. */
export function atDigest(repository: Reference, digest: Reference): Reference {
  return `${repository}@${digest}` as Reference;
}

/** The variables of declared parameters. */
export function references<P extends Params>(params: P): References<P> {
  const entries = Object.entries(params).map(([name, spec]) => [
    name,
    spec.type === 'array' ? variable<'array'>(`params.${name}[*]`) : variable(`params.${name}`),
  ]);
  return Object.fromEntries(entries) as References<P>;
}

/** Parameters as Tekton writes them in a Task or Pipeline. */
export function renderParams(params: Params): object[] {
  return Object.entries(params).map(([name, spec]) => ({ name, type: 'string', ...spec }));
}

/** Arguments as Tekton writes them in a pipeline task or a run. */
export function renderArguments(args: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value }));
}

/** A list that a manifest leaves out when there is nothing in it. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
