/**
 * The annotation pulumi.com/waitFor: `condition=Type[=Status]`, `jsonpath={.path}[=value]`, or a JSON array of several.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#pulumi-annotations
 */
import { JSONPath } from 'jsonpath-plus';

import { isManifest, type Manifest, type ManifestValue, scalarText, stringAt } from '../objects/manifest';
import { condition, isObserved, ready, type Readiness, type ReadinessCheck, waiting } from './readiness';

export function parseWaitFor(annotation: string): ReadinessCheck {
  const checks = expressions(annotation).map((expression) => {
    if (expression.startsWith('jsonpath=')) return jsonPathCheck(expression.slice('jsonpath='.length));
    if (expression.startsWith('condition=')) return conditionCheck(expression.slice('condition='.length));
    throw new Error(`expected a "jsonpath=" or "condition=" prefix, got "${expression}"`);
  });
  return async (live, around) => {
    for (const check of checks) {
      const result = await check(live, around);
      if (!result.ready) return result;
    }
    return ready();
  };
}

function expressions(annotation: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(annotation);
  } catch {
    return [annotation];
  }
  if (!Array.isArray(parsed) || !parsed.every((each) => typeof each === 'string')) return [annotation];
  if (parsed.length === 0) throw new Error('at least one condition must be specified');
  return parsed;
}

function conditionCheck(expression: string): ReadinessCheck {
  const [type = '', status = 'True'] = expression.split(/=(.*)/s);
  return (live): Readiness => {
    const found = condition(live, type);
    if (found === undefined) return waiting(`Waiting for condition ${type}=${status}`);
    if (!isObserved(live, found)) return waiting(`Condition ${type} is of an older generation`);
    const actual = stringAt(found, 'status');
    return actual.toLowerCase() === status.toLowerCase()
      ? ready()
      : waiting(`Resource has condition ${type}=${actual} (want ${status})`);
  };
}

/** `{.status.conditions[?(@.type=="Ready")].status}=True`: one `=` outside of `==`, braces required, no shell quotes. */
function jsonPathCheck(expression: string): ReadinessCheck {
  const [path = '', value, ...more] = expression.split(/(?<![=!<>])=(?!=)/);
  if (more.length > 0) throw new Error(`format should be {.path}=value or {.path}, got "${expression}"`);
  if (value === '') throw new Error(`${path}= requires a value`);
  if (path.startsWith("'")) throw new Error(`${path} should omit shell quotes`);
  const [, inner] = /\{\s*(.*?)\s*\}/.exec(path) ?? [];
  if (inner === undefined) throw new Error(`${path} should be wrapped in brackets { ... }`);
  const query = libraryQuery(inner);
  return (live): Readiness => {
    if (!isObserved(live)) return waiting(`Waiting for ${expression}`);
    const [found] = JSONPath<ManifestValue[]>({ path: query, json: live, eval: 'safe', wrap: true });
    if (found === undefined) return waiting(`${path} selected nothing`);
    if (value === undefined) return ready();
    if (Array.isArray(found) || isManifest(found)) throw new Error(`"${path}" has a non-primitive value`);
    const actual = scalarText(found);
    return actual === value ? ready() : waiting(`Waiting for ${expression} (found "${actual}")`);
  };
}

/** RFC 9535 writes filters as `[?@.a==1]`; the library wants `[?(@.a==1)]`. */
function libraryQuery(inner: string): string {
  const rooted = inner.startsWith('$') ? inner : `$${inner}`;
  return rooted.replace(/\[\?\s*([^(\]][^\]]*)\]/g, '[?($1)]');
}

export function parseChecked(object: Manifest, annotation: string): ReadinessCheck {
  try {
    return parseWaitFor(annotation);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${stringAt(object, 'metadata', 'name')}: annotation pulumi.com/waitFor: ${reason}`, { cause: error });
  }
}
