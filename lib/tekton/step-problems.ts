import { labelProblems } from './names';
import type { Params } from './params';
import { asText } from './reference';
import { resultName, type ResultSpec } from './results';
import type { SharedEnvironment } from './environment';
import type { Step } from './step';
import { type Known, paramVariables, TASK_CONTEXT, unknownVariables, variablesIn } from './substitution';

/** What the steps of a task may name. */
export interface TaskDeclarations {
  readonly params: Params;
  readonly results: readonly ResultSpec[];
  readonly workspaces: readonly string[];
  readonly volumes: readonly string[];
}

/** What the types of steps cannot rule out: a list of different steps loses the check for excess names, and a text can name anything. */
export function stepProblems(steps: readonly Step[], declared: TaskDeclarations, shared: SharedEnvironment): string[] {
  const names = steps.map(({ name }) => name);
  const none = steps.length === 0 ? ['a task needs at least one step; give it one'] : [];
  const doubled = names.filter((name, i) => names.indexOf(name) < i).map((name) => `two steps are called '${name}'; rename one`);
  const inText = knownIn(declared, 'none');
  return [
    ...none,
    ...doubled,
    ...environmentProblems('the environment of all steps', shared, inText),
    ...steps.flatMap((step) => problemsOf(step, declared, inText)),
  ];
}

function problemsOf(step: Step, declared: TaskDeclarations, inText: Known): string[] {
  const { name, image, script, args = [], env = {} } = step;
  const mounts = Object.entries<string | undefined>(step.mounts ?? {});
  const has = declared.volumes.join(', ') || 'none';
  return [
    ...labelProblems('step', name),
    ...unknownVariables(`step '${name}': its image`, image, inText),
    ...variablesIn(script).map(
      (each) => `step '${name}': its script has $(${each}) in its text, where a value becomes code; hand it over in env or args`,
    ),
    ...unknownVariables(`step '${name}': an argument`, args.map(asText), knownIn(declared, 'arrays')),
    ...environmentProblems(`step '${name}'`, env, inText),
    ...mounts
      .filter(([volume]) => !declared.volumes.includes(volume))
      .map(([volume]) => `step '${name}' mounts '${volume}', which is no volume of the task; it has: ${has}`),
    ...mounts.flatMap(([volume, path]) => unknownVariables(`step '${name}': the mount of '${volume}'`, path, inText)),
    ...(step.readOnly ?? [])
      .filter((volume) => !mounts.some(([mounted]) => mounted === volume))
      .map((volume) => `step '${name}': readOnly names '${volume}', which it does not mount; mount it or leave it out`),
  ];
}

function environmentProblems(whose: string, env: Readonly<Record<string, unknown>>, known: Known): string[] {
  return Object.entries(env).flatMap(([variable, value]) => {
    if (value === undefined)
      return [`${whose}: the environment variable ${variable} has no value; name a declared parameter or result`];
    return unknownVariables(`${whose}: the environment variable ${variable}`, value, known);
  });
}

function knownIn({ params, results, workspaces }: TaskDeclarations, whole: 'none' | 'arrays'): Known {
  return new Set([
    ...paramVariables(params, { whole }),
    ...results.map((result) => `results.${resultName(result)}.path`),
    ...workspaces.flatMap((name) => [`workspaces.${name}.path`, `workspaces.${name}.bound`]),
    ...TASK_CONTEXT,
  ]);
}
