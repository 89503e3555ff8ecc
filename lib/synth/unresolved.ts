import type { Manifest } from './synthesized';

// What a value leaves in a text that was made of it too early: tokens of construct libraries, cdk8s' Lazy, an Output of Pulumi, a variable of a
// Tekton task or pipeline (lib/tekton/reference.ts).
const LEFT_IN_TEXT =
  /\uE000[^\uE002]*\uE002|\$\{Token\[[^\]]*\]\}|\[object [A-Z]\w*\]|Calling \[(?:toString|toJSON)\] on an \[Output<T>\]/;

/** The values of a rendered object that are none in YAML, or were to be replaced by what they stand for and were not. */
export function unresolvedValues(manifest: Manifest): string[] {
  if (isSound(manifest)) return [];
  const problems: string[] = [];
  const look = (value: unknown, parent: Place | undefined, key: string | number): void => {
    const words = wrong(value);
    if (words !== undefined) problems.push(`${written({ parent, key })} ${words}`);
    else if (Array.isArray(value)) {
      const here = { parent, key };
      value.forEach((each, i) => {
        look(each, here, i);
      });
    } else if (typeof value === 'object' && value !== null) {
      const here = { parent, key };
      for (const [name, each] of Object.entries(value)) look(each, here, name);
    }
  };
  for (const [name, each] of Object.entries(manifest)) look(each, undefined, name);
  return problems;
}

/** The same question without places, which nearly every object passes: most of the time is spared. */
function isSound(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return wrong(value) === undefined;
  if (Array.isArray(value)) return value.every(isSound);
  return Object.values(value).every(isSound);
}

/** Where a value is. It is put into words only for what is wrong. */
interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
}

function written({ parent, key }: Place): string {
  if (parent === undefined) return String(key);
  return typeof key === 'number' ? `${written(parent)}[${key}]` : `${written(parent)}.${key}`;
}

function wrong(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string': {
      const [left] = LEFT_IN_TEXT.exec(value) ?? [];
      return left === undefined ? undefined : `holds '${left}': a value that was not known yet became text; hand it on as it is`;
    }
    case 'number':
      return Number.isFinite(value) ? undefined : `is ${value}, which is no number of YAML; find out what it was computed from`;
    case 'undefined':
      return 'is undefined; leave it out of the list, or give it a value';
    case 'function':
    case 'symbol':
    case 'bigint':
      return `is a ${typeof value}, which has no form in YAML; render what it stands for`;
    default:
      return undefined;
  }
}
