import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration, timeoutProblems } from './duration';
import type { ExactInterface } from './exact-declarations';
import { ImportedPipeline, type IPipeline, type PipelineInterface } from './imported-pipeline';
import { interfaceProblems } from './interface-problems';
import { type Params, type References, references, renderArguments, renderParams, unlessEmpty } from './params';
import { placementProblems } from './placement-problems';
import type { PipelineTask, TaskUse } from './pipeline-task';
import { type ArrayReference, type ObjectReference, type Reference, typeOf } from './reference';
import { type ResultSpec, resultReferences } from './results';
import { unknownFields } from './shape';
import type { ITask } from './task';
import { problemsOfText, renderName, renderValue } from './text';

export interface PipelineProps<P extends Params, W extends string> extends PipelineInterface<P, W> {
  /** A sentence for whoever reads the cluster. */
  readonly description: string;
}

/** A task of the pipeline as Tekton writes it. */
interface PlacedTask {
  readonly name: string;
  readonly [field: string]: unknown;
}

/**
 * A Tekton Pipeline. Tasks are added as objects and their results are typed handles.
 *
 * The object's name is the construct's id. Synthesis refuses variables of what is not declared, or not added before.
 *
 * @example
 * ```ts
 * const greetings = new Pipeline(this, 'greetings', { description: 'Greets twice.', params: { who: {} } });
 * const first = greetings.addTask('first', greet, { params: { who: greetings.params.who } });
 * greetings.addTask('second', greet, { params: { who: first.results.greeting } });
 * ```
 * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/pipelines.md
 */
export class Pipeline<const P extends Params = Record<never, never>, const W extends string = never>
  extends Construct
  implements IPipeline<P, W>
{
  /** A pipeline that something else put into the namespace. Runs of it are named by its name and interface, not by what it does. */
  static fromPipelineName<const P extends Params = Record<never, never>, const W extends string = never>(
    scope: Construct,
    id: string,
    name: string,
    declared: PipelineInterface<P, W> & ExactInterface<P> = {},
  ): IPipeline<P, W> {
    return new ImportedPipeline(scope, id, name, declared);
  }

  readonly name: string;
  readonly params: References<P>;
  readonly declaredParams: P;
  readonly workspaces: readonly W[];
  private readonly used = new Set<{ readonly name: string; readonly spec: object }>();
  private readonly tasks: PlacedTask[] = [];
  private readonly handles: PipelineTask<never>[] = [];
  private readonly resultList: object[] = [];
  private readonly problems: string[];
  private sealed = false;

  constructor(scope: Construct, id: string, props: PipelineProps<P, W> & ExactInterface<P>) {
    super(scope, id);
    this.name = id;
    this.declaredParams = props.params ?? ({} as P);
    this.params = references(this.node.path, this.declaredParams);
    this.workspaces = props.workspaces ?? [];
    this.problems = [
      ...unknownFields('the pipeline', props, ['params', 'workspaces', 'description']),
      ...interfaceProblems({ params: this.declaredParams, workspaces: this.workspaces }),
    ];
    new ApiObject(this, 'Resource', {
      apiVersion: 'tekton.dev/v1',
      kind: 'Pipeline',
      metadata: { name: this.name },
      spec: {
        description: props.description,
        params: unlessEmpty(renderParams(this.declaredParams)),
        workspaces: unlessEmpty(this.workspaces.map((name) => ({ name }))),
        tasks: Lazy.any({ produce: () => this.tasks }) as unknown,
        results: Lazy.any({ produce: () => unlessEmpty(this.resultList) }) as unknown,
      },
    });
    const none = 'a pipeline needs at least one task; add one with addTask()';
    this.node.addValidation({
      validate: () =>
        (this.tasks.length === 0 ? [none, ...this.problems] : this.problems).map((each) => `${this.node.path}: ${each}`),
    });
  }

  get taskNames(): readonly string[] {
    return this.tasks.map(({ name }) => name);
  }

  /** Puts a task into the pipeline, under a name of its own. */
  addTask<TP extends Params, R extends ResultSpec, TW extends string>(
    name: string,
    task: ITask<TP, R, TW>,
    use: TaskUse<TP, TW, W>,
  ): PipelineTask<R> {
    if (this.sealed) this.problems.push(`add task '${name}' before the first run: a run's name covers all that it executes`);
    const { taskNames, workspaces, handles } = this;
    const params = renderArguments(use.params);
    const served = Object.entries<string>(use.workspaces ?? {});
    this.problems.push(
      ...timeoutProblems(`task '${name}'`, use.timeout),
      ...unknownFields(`task '${name}'`, use, ['params', 'workspaces', 'runAfter', 'when', 'timeout']),
      ...placementProblems(name, task, { served, use }, { path: this.node.path, taskNames, workspaces, handles }),
    );
    this.node.addDependency(task);
    this.used.add(task);
    this.tasks.push({
      name,
      taskRef: { kind: 'Task', name: task.name },
      params: unlessEmpty(params),
      workspaces: unlessEmpty(served.map(([inTask, workspace]) => ({ name: inTask, workspace }))),
      ...(use.runAfter && { runAfter: use.runAfter.map((other) => other.name) }),
      ...(use.when && { when: use.when.map(({ input, in: values }) => ({ input: renderName(input), operator: 'in', values })) }),
      ...(use.timeout !== undefined && { timeout: goDuration(use.timeout) }),
    });
    const handle = { name, results: resultReferences(this.node.path, name, task.results) };
    this.handles.push(handle);
    return handle;
  }

  seal(): object {
    this.sealed = true;
    return { tasks: this.tasks, results: this.resultList, specs: [...this.used].map(({ name, spec }) => ({ name, spec })) };
  }

  /** Hands a task's result on as the pipeline's own, of the same kind. */
  addResult(name: string, value: Reference | ArrayReference | ObjectReference<never>, description: string): void {
    if (this.sealed) this.problems.push(`add result '${name}' before the first run: a run's name covers all that it hands on`);
    this.problems.push(...problemsOfText(`result '${name}'`, value, { path: this.node.path, knowsRun: true }));
    const type = typeOf(value);
    this.resultList.push({ name, ...(type !== undefined && { type }), description, value: renderValue(value) });
  }
}
