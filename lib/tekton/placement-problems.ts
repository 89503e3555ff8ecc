import { labelProblems } from './names';
import type { Condition, PipelineTask } from './pipeline-task';
import { type Known, unknownVariables } from './substitution';

/** A pipeline before the task is added. */
interface Place {
  readonly taskNames: readonly string[];
  readonly workspaces: readonly string[];
  readonly handles: readonly PipelineTask<never>[];
  readonly known: Known;
}

interface Placement {
  readonly params: readonly object[];
  /** Workspaces of the task, each with the pipeline's. */
  readonly served: readonly (readonly [string, string])[];
  readonly use: { readonly runAfter?: readonly PipelineTask<never>[]; readonly when?: readonly Condition[] };
}

/** What types cannot see of a task's place in a pipeline: texts that name variables, casts, lists made elsewhere. */
export function placementProblems(
  name: string,
  task: { readonly params: object; readonly workspaces: readonly string[] },
  { params, served, use }: Placement,
  place: Place,
): string[] {
  const whose = `task '${name}'`;
  return [
    ...labelProblems('task', name),
    ...(place.taskNames.includes(name) ? [`two tasks are called '${name}'; rename one`] : []),
    ...argumentProblems(whose, task.params, params),
    ...unknownVariables(`${whose}: an argument`, params, place.known),
    ...unknownVariables(
      `${whose}: a condition`,
      (use.when ?? []).map(({ input, in: values }) => [input, ...values]),
      place.known,
    ),
    ...workspaceProblems(whose, task.workspaces, served, place.workspaces),
    ...(use.runAfter ?? [])
      .filter((other) => !place.handles.includes(other))
      .map(
        (other) =>
          `${whose}: runAfter has '${other.name}' of another pipeline; expected tasks added before to this one: ${place.taskNames.join(', ') || 'none'}`,
      ),
  ];
}

/**
 * Arguments that are missing or that nothing declares, for callers whose types were lost. Tekton ignores the latter; a pipeline that hands
 * on all of its own parameters (`{ ...params }`) may have more of them than the task.
 */
function argumentProblems(whose: string, declared: object, params: readonly object[]): string[] {
  const given = params as readonly { readonly name: string; readonly value: unknown }[];
  const specs = Object.entries(declared as Readonly<Record<string, object>>);
  const has = specs.map(([each]) => each).join(', ') || 'none';
  return [
    ...specs
      .filter(([each, spec]) => !('default' in spec) && !given.some(({ name }) => name === each))
      .map(([each]) => `${whose}: no argument for parameter '${each}'; give one`),
    ...given
      .filter(({ name, value }) => !(name in declared) && value !== `$(params.${name})` && value !== `$(params.${name}[*])`)
      .map(({ name }) => `${whose}: an argument for '${name}', which is no parameter of it; it has: ${has}`),
  ];
}

function workspaceProblems(
  whose: string,
  declared: readonly string[],
  served: Placement['served'],
  available: readonly string[],
): string[] {
  const names = served.map(([inTask]) => inTask);
  const of = (list: readonly string[]): string => list.join(', ') || 'none';
  return [
    ...declared
      .filter((each) => !names.includes(each))
      .map((each) => `${whose}: nothing serves its workspace '${each}'; name one of the pipeline's: ${of(available)}`),
    ...names
      .filter((each) => !declared.includes(each))
      .map((each) => `${whose}: workspaces names '${each}', which is no workspace of the task; it has: ${of(declared)}`),
    ...served
      .filter(([, each]) => !available.includes(each))
      .map(([, each]) => `${whose}: workspaces names '${each}', which the pipeline does not declare; it has: ${of(available)}`),
  ];
}
