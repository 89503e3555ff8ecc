import type { DefinedError, ErrorObject } from 'ajv';
import { suggestion } from '../synth/suggestion';

/** What is wrong with an object, a line each: the path of the field, what is there, what should be. */
export function problemLines(errors: readonly ErrorObject[]): string[] {
  // A choice that fails names each of its alternatives before itself.
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf').map(({ schemaPath }) => schemaPath);
  const isAlternative = ({ schemaPath }: ErrorObject): boolean =>
    choices.some((choice) => schemaPath.startsWith(`${choice}/`) && !schemaPath.endsWith('/additionalProperties'));
  return [...new Set(errors.filter((each) => !isAlternative(each)).map((each) => problemLine(each as DefinedError)))];
}

function problemLine(error: DefinedError): string {
  const path = fieldPath(error.instancePath);
  const at = path === '' ? 'the object' : path;
  const value = show(error.data);
  switch (error.keyword) {
    case 'additionalProperties': {
      const field = error.params.additionalProperty;
      const known = Object.keys((error.parentSchema as { readonly properties?: object }).properties ?? {});
      return `${path}${member(field, path)}: unknown field; ${suggestion(field, known)}`;
    }
    case 'required':
      return `${path}${member(error.params.missingProperty, path)}: missing`;
    case 'type':
      return `${at}: must be ${[error.params.type].flat().join(' or ')}, is ${value}`;
    case 'enum':
      return `${at}: must be one of ${error.params.allowedValues.map(String).join(', ')}, is ${value}`;
    case 'format':
      return `${at}: must be of the format ${error.params.format}, is ${value}`;
    case 'pattern':
      return `${at}: must match ${error.params.pattern}, is ${value}`;
    default:
      return `${at}: ${error.message ?? error.keyword}, is ${value}`;
  }
}

/** A JSON pointer as people write it: `/spec/steps/0/script` is `spec.steps[0].script`. */
function fieldPath(pointer: string): string {
  const names = pointer
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce((path, name) => path + (/^\d+$/.test(name) ? `[${name}]` : member(name, path)), '');
}

function member(name: string, parent: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `['${name}']`;
  return parent === '' ? name : `.${name}`;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
