import {
  type ArrayReference,
  arrayVariable,
  member,
  type ObjectReference,
  objectVariable,
  type Reference,
  variable,
} from './reference';
import { renderValue } from './text';

export { RUN_NAME, TASK_RUN_UID, type Reference } from './reference';

/** What parameters of every kind have in common. */
interface Described {
  /** A sentence for whoever reads the synthesized manifest. */
  readonly description?: string;
}

/** A string; a parameter that says nothing is one. */
export interface StringParam extends Described {
  readonly type?: 'string';
  /** The value when no argument is given. @default - the argument is required */
  readonly default?: string;
}

/** A list of strings. */
export interface ArrayParam extends Described {
  readonly type: 'array';
  /** @default - the argument is required */
  readonly default?: readonly string[];
}

/** An object whose properties are strings. */
export interface ObjectParam extends Described {
  readonly type: 'object';
  /** `{ url: {}, commit: {} }`. Every argument and default has all of them. */
  readonly properties: Properties;
  /** @default - the argument is required */
  readonly default?: Readonly<Record<string, string>>;
}

/** The properties of an object; Tekton knows no kind of property but strings. */
export type Properties = Readonly<Record<string, Readonly<Record<string, never>>>>;

/**
 * What a task or pipeline says of one of its parameters.
 *
 * Tekton 0.59 takes all three kinds by default: arrays are stable, objects beta, and `enable-api-fields` is `beta` unless a cluster says
 * otherwise.
 *
 * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/tasks.md#specifying-parameters
 */
export type ParamSpec = StringParam | ArrayParam | ObjectParam;
/** The parameters of a task or pipeline, by name. */
export type Params = Readonly<Record<string, ParamSpec>>;

type ValueOf<S> = S extends { readonly type: 'array' }
  ? readonly string[] | ArrayReference
  : S extends { readonly type: 'object'; readonly properties: infer O }
    ? { readonly [K in keyof O]: string }
    : string;
/** The variable of what is declared as S: a parameter's, or a result's. */
export type ReferenceTo<S> = S extends { readonly type: 'array' }
  ? ArrayReference
  : S extends { readonly type: 'object'; readonly properties: infer O }
    ? ObjectReference<keyof O & string>
    : Reference;
type RequiredNames<P> = { [K in keyof P]: P[K] extends { readonly default: unknown } ? never : K }[keyof P];

/** The arguments for parameters P: required unless they have a default. */
export type Arguments<P> = { readonly [K in RequiredNames<P>]: ValueOf<P[K]> } & {
  readonly [K in Exclude<keyof P, RequiredNames<P>>]?: ValueOf<P[K]>;
};

/** The variables by which a task or pipeline names its own parameters. */
export type References<P> = { readonly [K in keyof P]: ReferenceTo<P[K]> };

/** The variable of a task or pipeline at a path, of the declared kind. */
export function referenceTo(
  owner: string,
  spec: Pick<ParamSpec, 'type'> & { readonly properties?: Properties },
  path: string,
): Reference | ArrayReference | ObjectReference<string> {
  if (spec.type === 'array') return arrayVariable(owner, path);
  return spec.type === 'object' ? objectVariable(owner, path, Object.keys(spec.properties ?? {})) : variable(owner, path);
}

/** The variables of the declared parameters of a task or pipeline. */
export function references<P extends Params>(owner: string, params: P): References<P> {
  return Object.fromEntries(
    Object.entries(params).map(([name, spec]) => [name, referenceTo(owner, spec, member('params', name))]),
  ) as References<P>;
}

/** Parameters as Tekton writes them in a Task or Pipeline. */
export function renderParams(params: Params): object[] {
  return Object.entries(params).map(([name, spec]) => ({
    name,
    type: 'string',
    ...spec,
    ...(spec.default !== undefined && { default: renderValue(spec.default) }),
    ...('properties' in spec && { properties: renderProperties(spec.properties) }),
  }));
}

/** The properties of an object parameter, as Tekton writes them. */
export function renderProperties(properties: Properties): object {
  return Object.fromEntries(Object.keys(properties).map((name) => [name, { type: 'string' }]));
}

/** Arguments as Tekton writes them in a pipeline task or a run. */
export function renderArguments(args: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value: renderValue(value) }));
}

/** A list that a manifest leaves out when there is nothing in it. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
