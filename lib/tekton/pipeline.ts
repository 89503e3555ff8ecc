import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  type Arguments,
  type Params,
  type Reference,
  type References,
  references,
  renderArguments,
  renderParams,
  unlessEmpty,
  variable,
} from './params';
import type { Task } from './task';

export interface PipelineProps<P extends Params, W extends string> {
  /** A sentence for whoever reads the cluster. */
  readonly description: string;
  /** @default - none */
  readonly params?: P;
  /** @default - none */
  readonly workspaces?: readonly W[];
}

/** How a pipeline uses a task. */
export interface TaskUse<P, W extends string, PW extends string> {
  readonly params: Arguments<P>;
  /** Which workspace of the pipeline serves each workspace of the task. @default - none, allowed when the task declares none */
  readonly workspaces?: { readonly [K in W]: PW };
  /** Tasks to wait for beside those whose results are used. @default - none */
  readonly runAfter?: readonly PipelineTask<string>[];
  /** The longest time it may take, as a Go duration. @default - the run's own limit */
  readonly timeout?: string;
}

/** A task's place in a pipeline. */
export interface PipelineTask<R extends string> {
  readonly name: string;
  readonly results: { readonly [K in R]: Reference };
}

/** A task of the pipeline as Tekton writes it. */
interface PlacedTask {
  readonly name: string;
  readonly [field: string]: unknown;
}

/**
 * A Tekton Pipeline. Tasks are added as objects and their results are typed handles.
 *
 * The object's name is the construct's id.
 *
 * @see https://tekton.dev/docs/pipelines/pipelines/
 */
export class Pipeline<const P extends Params = Record<never, never>, const W extends string = never> extends Construct {
  readonly name: string;
  /** The variables that stand for the run's arguments. */
  readonly params: References<P>;
  readonly workspaces: readonly W[];
  private readonly used = new Set<Pick<Task, 'name' | 'spec'>>();
  private readonly tasks: PlacedTask[] = [];
  private readonly resultList: object[] = [];
  private sealed = false;

  constructor(scope: Construct, id: string, props: PipelineProps<P, W>) {
    super(scope, id);
    this.name = id;
    const declared = props.params ?? ({} as P);
    this.params = references(declared);
    this.workspaces = props.workspaces ?? [];
    new ApiObject(this, 'Resource', {
      apiVersion: 'tekton.dev/v1',
      kind: 'Pipeline',
      metadata: { name: this.name },
      spec: {
        description: props.description,
        params: unlessEmpty(renderParams(declared)),
        workspaces: unlessEmpty(this.workspaces.map((name) => ({ name }))),
        tasks: Lazy.any({ produce: () => this.tasks }) as unknown,
        results: Lazy.any({ produce: () => unlessEmpty(this.resultList) }) as unknown,
      },
    });
    this.node.addValidation({
      validate: () =>
        this.tasks.length === 0 ? [`${this.node.path}: a pipeline needs at least one task; add one with addTask()`] : [],
    });
  }

  /** The names under which it has its tasks. */
  get taskNames(): readonly string[] {
    return this.tasks.map(({ name }) => name);
  }

  /** Puts a task into the pipeline, under a name of its own. */
  addTask<TP extends Params, R extends string, TW extends string, V extends string>(
    name: string,
    task: Task<TP, R, TW, V>,
    use: TaskUse<TP, TW, W>,
  ): PipelineTask<R> {
    if (this.sealed)
      throw new Error(`${this.node.path}: add task '${name}' before the first run: a run's name covers all that it executes`);
    this.node.addDependency(task);
    this.used.add(task);
    this.tasks.push({
      name,
      taskRef: { kind: 'Task', name: task.name },
      params: unlessEmpty(renderArguments(use.params)),
      workspaces: unlessEmpty(Object.entries(use.workspaces ?? {}).map(([inTask, workspace]) => ({ name: inTask, workspace }))),
      ...(use.runAfter && { runAfter: use.runAfter.map((other) => other.name) }),
      ...(use.timeout !== undefined && { timeout: use.timeout }),
    });
    const results = task.results.map((result) => [result, variable(`tasks.${name}.results.${result}`)]);
    return { name, results: Object.fromEntries(results) as { [K in R]: Reference } };
  }

  /** All that a run of it executes: the pipeline and the specs of its tasks. Nothing can be added afterwards. */
  seal(): object {
    this.sealed = true;
    return { tasks: this.tasks, results: this.resultList, specs: [...this.used].map(({ name, spec }) => ({ name, spec })) };
  }

  /** Hands a task's result on as the pipeline's own. */
  addResult(name: string, value: Reference, description: string): void {
    this.resultList.push({ name, description, value });
  }
}
