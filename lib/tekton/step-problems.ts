import { labelProblems } from './names';
import { typeOf } from './reference';
import { isObject, isText, shown } from './shape';
import type { Step } from './step';
import { problemsOfText, replacedIn, variablesIn } from './text';

// Kubernetes takes more; a shell knows no others.
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * What the types of steps cannot rule out, since a text can say anything, and the rules for all pods (lib/synth/pod-rules.ts) do not see.
 */
export function stepProblems(steps: readonly Step[], path: string): string[] {
  const none = steps.length === 0 ? ['a task needs at least one step; give it one'] : [];
  return [...none, ...steps.flatMap((step) => problemsOf(step, path))];
}

function problemsOf(step: Step, path: string): string[] {
  const { name, image, script, args = [], env = {} } = step;
  const whose = `step '${name}'`;
  const asking = { path, knowsRun: false };
  return [
    ...labelProblems('step', name),
    ...problemsOfText(`${whose}: its image`, image, asking),
    ...scriptProblems(whose, script),
    ...problemsOfText(`${whose}: an argument`, args, asking),
    ...environmentProblems(whose, env, path),
    ...mountProblems(whose, step),
    ...Object.entries(step.mounts ?? {}).flatMap(([volume, at]) =>
      problemsOfText(`${whose}: the mount of '${volume}'`, at, asking),
    ),
  ];
}

function scriptProblems(whose: string, script: string): string[] {
  const named = [...variablesIn(script).map(({ path }) => `$(${path})`), ...replacedIn(script)];
  return named.map(
    (each) => `${whose}: its script has ${each} in its text, where a value becomes code; hand it over in env or args`,
  );
}

function mountProblems(whose: string, { mounts = {}, readOnly = [] }: Step): string[] {
  const entries = Object.entries<unknown>(mounts);
  return [
    ...entries.flatMap(([volume, at]) => placeProblems(`${whose}: the mount of '${volume}'`, at)),
    ...readOnly
      .filter((volume) => !(volume in mounts))
      .map((volume) => `${whose}: readOnly names '${volume}', which it does not mount; mount it or leave it out`),
  ];
}

function placeProblems(whose: string, at: unknown): string[] {
  // A workspace's path is Tekton's.
  const isVariable = isText(at) && variablesIn(at).length > 0;
  if (isVariable || (isText(at) && /^\/[^:]+$/.test(at) && !/^\/tekton(\/|$)/.test(at))) return [];
  return [`${whose} is at ${shown(at)}; expected an absolute path without ':', outside of /tekton, which is Tekton's own`];
}

/** What is wrong with variables of the environment, of one step or of all. */
export function environmentProblems(whose: string, env: Readonly<Record<string, unknown>>, path: string): string[] {
  return Object.entries(env).flatMap(([variable, value]) => {
    const named = `${whose}: the environment variable ${variable}`;
    if (!VARIABLE_NAME.test(variable)) return [`${named} has no name for one; expected letters, digits and '_', rename it`];
    if (value === undefined) return [`${named} has no value; name a declared parameter or result`];
    const kind = typeOf(value);
    if (kind !== undefined) return [`${named} is given all of an ${kind}; hand it over in args, or one of its texts`];
    const isKey = isObject(value) && 'toValueFrom' in value;
    if (!isText(value) && !isKey) return [`${named} is ${shown(value)}; expected a text, or a key of a Secret or ConfigMap`];
    return problemsOfText(named, isText(value) ? value : '', { path, knowsRun: false });
  });
}
