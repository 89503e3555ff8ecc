import { type Params } from './params';
import { resultName, type ResultSpec } from './results';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
// docs/tasks.md#specifying-parameters: names of objects and of their properties have no dots.
const PARAM = /^[_a-zA-Z][_a-zA-Z0-9.-]*$/;
const OBJECT = /^[_a-zA-Z][_a-zA-Z0-9-]*$/;
// pkg/apis/pipeline/v1/result_validation.go, without dots: Tekton reads what follows a dot as a property.
const RESULT = /^[A-Za-z0-9]([-A-Za-z0-9_]*[A-Za-z0-9])?$/;

/** What is wrong with the name of a step or of a task in a pipeline, which become names of containers and parts of names of pods. */
export function labelProblems(what: string, name: string): string[] {
  if (DNS_LABEL.test(name)) return [];
  return [`${what} '${name}' is no DNS label; expected at most 63 of lower-case letters, digits and '-', rename it`];
}

/** What is wrong with the declarations of parameters: names that Tekton refuses, defaults of objects that lack a property or have another. */
export function paramProblems(params: Params): string[] {
  return Object.entries(params).flatMap(([name, spec]) => {
    const bad = spec.type === 'object' ? [name, ...Object.keys(spec.properties)].filter((each) => !OBJECT.test(each)) : [];
    if (spec.type !== 'object' && !PARAM.test(name)) bad.push(name);
    const named = bad.map(
      (each) =>
        `parameter '${name}': '${each}' is no name for it; expected a letter or '_', then letters, digits, '-', '_' and in strings and arrays '.', rename it`,
    );
    if (spec.type !== 'object' || spec.default === undefined) return named;
    const expected = Object.keys(spec.properties).sort().join(', ');
    const got = Object.keys(spec.default).sort().join(', ');
    if (got === expected) return named;
    return [
      ...named,
      `parameter '${name}': its default has the properties ${got || 'none'}; expected ${expected}, give all of them`,
    ];
  });
}

/** What is wrong with the names of results. */
export function resultProblems(results: readonly ResultSpec[]): string[] {
  return results
    .map(resultName)
    .filter((name) => !RESULT.test(name))
    .map(
      (name) => `result '${name}' is no name for one; expected letters, digits, '-' and '_' between letters or digits, rename it`,
    );
}
