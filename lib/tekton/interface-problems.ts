import { kindProblems } from './argument-problems';
import type { ArrayParam, ObjectParam, Params, ParamSpec, StringParam } from './params';
import { resultName, type ResultSpec, type StructuredResult } from './results';
import { type FieldsOf, isObject, isText, shapeProblems } from './shape';
import { problemsOfText } from './text';

// docs/tasks.md#specifying-parameters: names of objects and of their properties have no dots. A list's name with a dot passes Tekton's webhook,
// but a pipeline hands the list on as the text of its variable (v1/param_types.go, exactVariableSubstitutionRegex).
const PARAM = /^[_a-zA-Z][_a-zA-Z0-9.-]*$/;
const OBJECT = /^[_a-zA-Z][_a-zA-Z0-9-]*$/;
// pkg/apis/pipeline/v1/result_validation.go, without dots: Tekton reads what follows a dot as a property.
const RESULT = /^[A-Za-z0-9]([-A-Za-z0-9_]*[A-Za-z0-9])?$/;

const optionalText = { expected: 'a text', fits: isText, optional: true } as const;
// What they hold is looked at below.
const any = { expected: 'a value', fits: () => true, optional: true } as const;
const properties = {
  expected: 'an object with an empty object for each property',
  fits: (value: unknown) =>
    isObject(value) && Object.values(value).every((each) => isObject(each) && Object.keys(each).length === 0),
} as const;
const STRING = {
  description: optionalText,
  type: { expected: "'string', 'array' or 'object'", fits: (value) => value === 'string', optional: true },
  default: any,
} as const satisfies FieldsOf<StringParam>;
const ARRAY = { description: optionalText, type: any, default: any } as const satisfies FieldsOf<ArrayParam>;
const OBJECT_FIELDS = { description: optionalText, type: any, default: any, properties } as const satisfies FieldsOf<ObjectParam>;

const ARRAY_RESULT = {
  name: { expected: 'a text', fits: isText },
  type: { expected: "'array' or 'object'", fits: (value) => value === 'array' || value === 'object' },
} as const satisfies FieldsOf<StructuredResult>;
const OBJECT_RESULT = { ...ARRAY_RESULT, properties };

/** What a task or pipeline takes and gives. */
interface Interface {
  readonly params: Params;
  readonly results?: readonly ResultSpec[];
  readonly workspaces: readonly string[];
}

/** What is wrong with what a task or pipeline declares: names that Tekton refuses or would misread, fields that nothing reads, defaults of another kind. */
export function interfaceProblems({ params, results = [], workspaces }: Interface): string[] {
  return [
    ...Object.entries(params).flatMap(([name, spec]) => paramProblems(name, spec)),
    ...results.flatMap(resultProblems),
    ...doubled('results', results.filter((each) => isText(each) || isObject(each)).map(resultName)),
    ...workspaces
      .filter((name) => !OBJECT.test(name))
      .map(
        (name) =>
          `workspace '${name}' is no name for one; expected a letter or '_', then letters, digits, '-' and '_', rename it`,
      ),
    ...doubled('workspaces', workspaces),
  ];
}

function paramProblems(name: string, spec: ParamSpec): string[] {
  const whose = `parameter '${name}'`;
  const misshapen = shapeProblems(whose, spec, fieldsOf(spec));
  if (misshapen.length > 0) return misshapen;
  const names = spec.type === 'object' ? [name, ...Object.keys(spec.properties)] : [name];
  const known = spec.type === 'array' || spec.type === 'object' ? OBJECT : PARAM;
  const bad = names.filter((each) => !known.test(each));
  return [
    ...bad.map(
      (each) =>
        `${whose}: '${each}' is no name for it; expected a letter or '_', then letters, digits, '-', '_' and in strings '.', rename it`,
    ),
    ...(spec.default === undefined ? [] : kindProblems(`${whose}: its default`, spec, spec.default)),
    // A default is text: what it is used in has other variables.
    ...problemsOfText(`${whose}: its default`, spec.default, { path: '', knowsRun: false }),
  ];
}

function fieldsOf(spec: ParamSpec) {
  if (spec.type === 'array') return ARRAY;
  return spec.type === 'object' ? OBJECT_FIELDS : STRING;
}

function resultProblems(result: ResultSpec): string[] {
  if (isText(result)) return nameProblems(result);
  const misshapen = shapeProblems('a result', result, result.type === 'array' ? ARRAY_RESULT : OBJECT_RESULT);
  return misshapen.length > 0 ? misshapen : nameProblems(result.name);
}

function nameProblems(name: string): string[] {
  if (RESULT.test(name)) return [];
  return [`result '${name}' is no name for one; expected letters, digits, '-' and '_' between letters or digits, rename it`];
}

function doubled(what: string, names: readonly string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) < i).map((name) => `two ${what} are called '${name}'; rename one`);
}
