import { suggestion } from '../synth/suggestion';
import type { Params, ParamSpec } from './params';
import { type Named, partsOf, typeOf } from './reference';
import { isObject, isText, shown } from './shape';

/**
 * What is wrong with the arguments for parameters, for callers whose types were lost: missing ones, others than declared, and of another
 * kind. Tekton ignores what nothing declares.
 *
 * @param whose - `task 'first'`
 * @param args - what was given, before it is rendered
 */
export function argumentProblems(whose: string, params: Params, args: unknown): string[] {
  if (!isObject(args)) return [`${whose}: its arguments are ${shown(args)}; expected an object with one for each parameter`];
  const missing = Object.entries(params)
    .filter(([name, spec]) => !('default' in spec) && args[name] === undefined)
    .map(([name]) => `${whose}: no argument for parameter '${name}'; give one`);
  const others = Object.entries(args).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const spec = Object.hasOwn(params, name) ? params[name] : undefined;
    if (spec !== undefined) return kindProblems(`${whose}: the argument for '${name}'`, spec, value);
    // A pipeline that hands on all of its own parameters may have more of them than the task.
    return isOwnParameter(name, value)
      ? []
      : [`${whose}: an argument for '${name}', which is no parameter of it; ${suggestion(name, Object.keys(params))}`];
  });
  return [...missing, ...others];
}

/** What is wrong with a value for a parameter. */
export function kindProblems(what: string, spec: ParamSpec, value: unknown): string[] {
  const got = `${what} is ${typeOf(value) === undefined ? shown(value) : `the variable of an ${typeOf(value) ?? ''}`}`;
  switch (spec.type) {
    case 'array':
      return typeOf(value) === 'array' || (Array.isArray(value) && value.every(isText))
        ? []
        : [`${got}; expected a list of texts, or the variable of an array`];
    case 'object': {
      const properties = Object.keys(spec.properties).sort();
      const [given, expected] = [isObject(value) ? Object.keys(value).sort() : [], properties.join(', ')];
      if (!isObject(value) || typeOf(value) === 'array') return [`${got}; expected an object with ${expected}`];
      // The variable of an object with more properties serves; of others each one was written.
      const isVariable = typeOf(value) === 'object';
      const fits = properties.every((each) => isText(value[each])) && (isVariable || given.length === properties.length);
      return fits ? [] : [`${what} has ${given.join(', ') || 'no properties'}; expected texts for ${expected} and nothing else`];
    }
    default:
      return isText(value) ? [] : [`${got}; expected a text`];
  }
}

function isOwnParameter(name: string, value: unknown): boolean {
  const isParameter = ({ path }: Named): boolean => path === `params.${name}` || path === `params["${name}"]`;
  if (typeOf(value) !== undefined) return true;
  const parts = isText(value) ? partsOf(value).filter((part) => part !== '') : [];
  return parts.length === 1 && parts.every((part) => !isText(part) && isParameter(part));
}
