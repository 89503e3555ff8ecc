import { typeOf } from './reference';
import { type FieldsOf, isObject, isText, shapeProblems } from './shape';
import { CAPABILITIES, type Resources, type Step } from './step';

// The greatest UID that Kubernetes takes: kubernetes/kubernetes#96147.
const LAST_UID = 2147483647;

const isWhole = (value: unknown, from: number): boolean => Number.isInteger(value) && (value as number) >= from;
const text = { expected: 'a text', fits: isText } as const;

const isRoot = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const { root, ...others } = value as { readonly root?: unknown };
  return (
    Array.isArray(root) &&
    root.every((each) => (CAPABILITIES as readonly unknown[]).includes(each)) &&
    Object.keys(others).length === 0
  );
};

const STEP = {
  name: text,
  image: { expected: 'a reference of an image', fits: (value) => isText(value) && value.trim() !== '' },
  script: text,
  args: {
    expected: 'a list of texts and variables of arrays',
    fits: (value) => Array.isArray(value) && value.every((each) => isText(each) || typeOf(each) === 'array'),
    optional: true,
  },
  env: { expected: 'an object of variables', fits: isObject, optional: true },
  mounts: { expected: 'an object with a path for each volume', fits: isObject, optional: true },
  readOnly: { expected: 'a list of volumes', fits: (value) => Array.isArray(value) && value.every(isText), optional: true },
  user: {
    expected: `'nobody', a whole number from 1 to ${LAST_UID}, or { root: [capabilities] }`,
    fits: (value) => value === 'nobody' || isRoot(value) || (isWhole(value, 1) && (value as number) <= LAST_UID),
    optional: true,
  },
  resources: { expected: 'an object with cpu and memory', fits: isObject, optional: true },
} as const satisfies FieldsOf<Step>;

const RESOURCES = {
  cpu: { expected: 'thousandths of a core, a whole number from 0 on', fits: (value) => isWhole(value, 0) },
  memory: { expected: 'MiB, a whole number from 1 on', fits: (value) => isWhole(value, 1) },
} as const satisfies FieldsOf<Resources>;

/** What is wrong with the form of steps. Those that have any such problem cannot be rendered. */
export function stepShapeProblems(steps: unknown): string[] {
  if (!Array.isArray(steps)) return ['steps returns no list; return a list of steps'];
  return steps.flatMap((step: unknown, i) => {
    const whose = `step ${isObject(step) && isText(step['name']) ? `'${step['name']}'` : i + 1}`;
    const resources = isObject(step) ? step['resources'] : undefined;
    return [
      ...shapeProblems(whose, step, STEP),
      ...(isObject(resources) ? shapeProblems(`${whose}: its resources`, resources, RESOURCES) : []),
    ];
  });
}
