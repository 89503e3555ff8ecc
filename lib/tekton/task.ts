import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type Destination, egressLabels, egressProblems } from './egress';
import { renderEnvironment, type SharedEnvironment } from './environment';
import type { ExactInterface, ExactSteps } from './exact-declarations';
import { interfaceProblems } from './interface-problems';
import { type Params, type References, references, renderParams, unlessEmpty } from './params';
import { type Reference, variable } from './reference';
import { renderResults, type ResultFiles, resultFiles, type ResultSpec } from './results';
import { renderSteps, type Step } from './step';
import { unknownFields } from './shape';
import { environmentProblems, stepProblems } from './step-problems';
import { stepShapeProblems } from './step-shape';
import { renderVolume, type Volume } from './volume';

export type { Volume } from './volume';

/** What a task takes and gives. */
export interface TaskInterface<P extends Params, R extends ResultSpec, W extends string> {
  /** @default - none */
  readonly params?: P;
  /** Names of strings; `{ name, type: 'array' }` or `{ name, type: 'object', properties }` for others. @default - none */
  readonly results?: readonly R[];
  /** @default - none */
  readonly workspaces?: readonly W[];
}

/** A task that pipelines can use: `Task`, or one that is in the cluster already (`Task.fromTaskName()`). */
export interface ITask<P extends Params, R extends ResultSpec, W extends string> extends IConstruct {
  readonly name: string;
  readonly params: P;
  readonly results: readonly R[];
  readonly workspaces: readonly W[];
  /** What an address must cover, since it decides what the task makes: the rendered spec. Of an imported task, what was said of it. */
  readonly spec: object;
}

/** The handles by which the steps of a task name what it declares. */
export interface TaskScope<P, R, W extends string> {
  readonly params: References<P>;
  /** The file into which a step writes each result. */
  readonly results: ResultFiles<R>;
  /** The directory where each workspace is mounted. */
  readonly workspaces: { readonly [K in W]: Reference };
}

export interface TaskProps<
  P extends Params,
  R extends ResultSpec,
  W extends string,
  V extends string,
  S extends readonly Step<NoInfer<V>>[],
> extends TaskInterface<P, R, W> {
  /** A sentence for whoever reads the cluster. */
  readonly description: string;
  /** Where its pods may call, beside the name server. */
  readonly egress: readonly Destination[];
  /** @default - none */
  readonly volumes?: { readonly [K in V]?: Volume };
  /** Environment of every step. @default - none */
  readonly env?: (scope: TaskScope<P, R, W>) => SharedEnvironment;
  /** The containers, one after the other. */
  readonly steps: (scope: TaskScope<P, R, W>) => S;
}

const TASK_FIELDS = ['params', 'results', 'workspaces', 'description', 'volumes', 'egress', 'env', 'steps'];

/**
 * A Tekton Task with typed parameters, results, workspaces and volumes.
 *
 * The object's name is the construct's id. Synthesis refuses variables that it does not declare, wherever a step names them.
 *
 * @example
 * ```ts
 * const greet = new Task(this, 'greet', {
 *   description: 'Greets.',
 *   egress: [],
 *   params: { who: {} },
 *   results: ['greeting'],
 *   steps: ({ params, results }) => [
 *     { name: 'greet', image: toolforgeBookworm.reference, script, env: { WHO: params.who, RESULT: results.greeting } },
 *   ],
 * });
 * ```
 * @see https://github.com/tektoncd/pipeline/blob/v0.59.6/docs/tasks.md
 */
export class Task<
  const P extends Params = Record<never, never>,
  const R extends ResultSpec = never,
  const W extends string = never,
  const V extends string = never,
  const S extends readonly Step<NoInfer<V>>[] = readonly Step<NoInfer<V>>[],
>
  extends Construct
  implements ITask<P, R, W>
{
  /** A task that something else put into the namespace; its interface is as typed as an own one's, and believed. */
  static fromTaskName<
    const P extends Params = Record<never, never>,
    const R extends ResultSpec = never,
    const W extends string = never,
  >(scope: Construct, id: string, name: string, declared: TaskInterface<P, R, W> & ExactInterface<P, R> = {}): ITask<P, R, W> {
    return new ImportedTask<P, R, W>(scope, id, name, declared);
  }

  readonly name: string;
  readonly params: P;
  readonly results: readonly R[];
  readonly workspaces: readonly W[];
  readonly spec: object;

  constructor(scope: Construct, id: string, props: TaskProps<P, R, W, V, S> & ExactInterface<P, R> & ExactSteps<S, V>) {
    super(scope, id);
    this.name = id;
    this.params = props.params ?? ({} as P);
    this.results = props.results ?? [];
    this.workspaces = props.workspaces ?? [];
    const handles: TaskScope<P, R, W> = {
      params: references(this.node.path, this.params),
      results: resultFiles(this.node.path, this.results),
      workspaces: Object.fromEntries(
        this.workspaces.map((each) => [each, variable(this.node.path, `workspaces.${each}.path`)]),
      ) as TaskScope<P, R, W>['workspaces'],
    };
    const returned: readonly Step[] = props.steps(handles);
    const misshapen = stepShapeProblems(returned);
    const steps = misshapen.length === 0 ? returned : [];
    const env = props.env?.(handles);
    this.spec = {
      description: props.description,
      params: unlessEmpty(renderParams(this.params)),
      results: unlessEmpty(renderResults(this.results)),
      workspaces: unlessEmpty(this.workspaces.map((name) => ({ name }))),
      volumes: unlessEmpty(Object.entries<Volume>((props.volumes ?? {}) as Record<string, Volume>).map(renderVolume)),
      ...(env && { stepTemplate: { env: renderEnvironment(env) } }),
      steps: renderSteps(steps),
    };
    const { path } = this.node;
    const problems = [
      ...unknownFields('the task', props, TASK_FIELDS),
      ...interfaceProblems(this),
      ...egressProblems(props.egress),
      ...environmentProblems('the environment of all steps', env ?? {}, path),
      ...(misshapen.length > 0 ? misshapen : stepProblems(steps, path)),
    ];
    this.node.addValidation({ validate: () => problems.map((each) => `${this.node.path}: ${each}`) });
    const labels = Array.isArray(props.egress) ? egressLabels(props.egress) : {};
    new ApiObject(this, 'Resource', {
      apiVersion: 'tekton.dev/v1',
      kind: 'Task',
      metadata: { name: this.name, ...(Object.keys(labels).length > 0 && { labels }) },
      spec: this.spec,
    });
  }
}

class ImportedTask<P extends Params, R extends ResultSpec, W extends string> extends Construct implements ITask<P, R, W> {
  readonly params: P;
  readonly results: readonly R[];
  readonly workspaces: readonly W[];

  constructor(
    scope: Construct,
    id: string,
    readonly name: string,
    declared: TaskInterface<P, R, W>,
  ) {
    super(scope, id);
    this.params = declared.params ?? ({} as P);
    this.results = declared.results ?? [];
    this.workspaces = declared.workspaces ?? [];
    const problems = interfaceProblems(this);
    this.node.addValidation({ validate: () => problems.map((each) => `${this.node.path}: ${each}`) });
  }

  get spec(): object {
    return { params: this.params, results: this.results, workspaces: this.workspaces };
  }
}
