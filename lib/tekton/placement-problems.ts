import { labelProblems } from './names';
import type { Condition, PipelineTask } from './pipeline-task';
import { problemsOfText } from './text';
import type { Params } from './params';
import { argumentProblems } from './argument-problems';

/** A pipeline before the task is added. */
interface Place {
  /** Its construct path. */
  readonly path: string;
  readonly taskNames: readonly string[];
  readonly workspaces: readonly string[];
  readonly handles: readonly PipelineTask<never>[];
}

interface Placement {
  /** Workspaces of the task, each with the pipeline's. */
  readonly served: readonly (readonly [string, string])[];
  readonly use: {
    readonly params: unknown;
    readonly runAfter?: readonly PipelineTask<never>[];
    readonly when?: readonly Condition[];
  };
}

/** What types cannot see of a task's place in a pipeline: texts that name variables, casts, lists made elsewhere. */
export function placementProblems(
  name: string,
  task: { readonly params: Params; readonly workspaces: readonly string[] },
  { served, use }: Placement,
  place: Place,
): string[] {
  const whose = `task '${name}'`;
  return [
    ...labelProblems('task', name),
    ...(place.taskNames.includes(name) ? [`two tasks are called '${name}'; rename one`] : []),
    ...argumentProblems(whose, task.params, use.params),
    ...problemsOfText(`${whose}: an argument`, use.params, { path: place.path, knowsRun: true }),
    ...problemsOfText(`${whose}: a condition`, use.when ?? [], { path: place.path, knowsRun: true }),
    ...workspaceProblems(whose, task.workspaces, served, place.workspaces),
    ...(use.runAfter ?? [])
      .filter((other) => !place.handles.includes(other))
      .map(
        (other) =>
          `${whose}: runAfter has '${other.name}' of another pipeline; expected tasks added before to this one: ${place.taskNames.join(', ') || 'none'}`,
      ),
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
