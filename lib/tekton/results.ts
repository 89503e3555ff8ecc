import { type Properties, type ReferenceTo, referenceTo, renderProperties } from './params';
import { type Reference, variable } from './reference';

/** A result that is an array or an object. A step writes it as JSON, `["a","b"]` or `{"url":"..."}`, without a line break at its end. */
export type StructuredResult =
  | { readonly name: string; readonly type: 'array' }
  | { readonly name: string; readonly type: 'object'; readonly properties: Properties };

/**
 * A result of a task: the name of a string, or the name and kind of anything else.
 *
 * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/tasks.md#emitting-results
 */
export type ResultSpec = string | StructuredResult;

/** The name of a result. */
export type NameOf<R> = R extends { readonly name: infer N extends string } ? N : R & string;

/** The files into which a step writes results: at most 4 KiB for all results of a task, Tekton's termination message. */
export type ResultFiles<R> = { readonly [K in NameOf<R>]: Reference };

/** The variables by which later tasks name results. */
export type ResultReferences<R> = { readonly [S in R as NameOf<S>]: ReferenceTo<S> };

/** The name of a result, whichever way it was declared. */
export function resultName(result: ResultSpec): string {
  return typeof result === 'string' ? result : result.name;
}

/** The variables by which steps name the files of results. */
export function resultFiles<R extends ResultSpec>(owner: string, results: readonly R[]): ResultFiles<R> {
  return Object.fromEntries(
    results.map(resultName).map((name) => [name, variable(owner, `results.${name}.path`)]),
  ) as unknown as ResultFiles<R>;
}

/** The variables of the results of a task in a pipeline. */
export function resultReferences<R extends ResultSpec>(owner: string, task: string, results: readonly R[]): ResultReferences<R> {
  return Object.fromEntries(
    results.map((result) => [
      resultName(result),
      referenceTo(owner, typeof result === 'string' ? {} : result, `tasks.${task}.results.${resultName(result)}`),
    ]),
  ) as ResultReferences<R>;
}

/** Results as Tekton writes them in a Task. */
export function renderResults(results: readonly ResultSpec[]): object[] {
  return results.map((result) => {
    if (typeof result === 'string') return { name: result };
    return { ...result, ...('properties' in result && { properties: renderProperties(result.properties) }) };
  });
}
