import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Params, type References, type Reference, references, renderParams, unlessEmpty, variable } from './params';
import { renderSteps, type Step } from './step';

/** A volume of the task's pod. Tasks that need more than one pod's life belong in the registry, not on a disk: clusters may lack a provisioner. */
export type Volume =
  | { readonly kind: 'scratch'; /** A Kubernetes quantity. @default - the node's limit */ readonly sizeLimit?: string }
  | {
      readonly kind: 'secret';
      readonly secretName: string;
      /** The file for each key. @default - all keys, under their own names */
      readonly files?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'config-map'; readonly configMapName: string }
  /** `token` of the run's service account, for an hour, and `ca.crt` of the API server. Only steps that mount it have it. */
  | { readonly kind: 'api-token' };

/** The handles by which the steps of a task name what it declares. */
export interface TaskScope<P, R extends string, W extends string> {
  readonly params: References<P>;
  /** The file into which a step writes the result (at most 4 KiB in all, Tekton's termination message). */
  readonly results: { readonly [K in R]: Reference };
  /** The directory where the workspace is mounted. */
  readonly workspaces: { readonly [K in W]: Reference };
}

export interface TaskProps<P extends Params, R extends string, W extends string, V extends string> {
  /** A sentence for whoever reads the cluster. */
  readonly description: string;
  /** @default - none */
  readonly params?: P;
  /** @default - none */
  readonly results?: readonly R[];
  /** @default - none */
  readonly workspaces?: readonly W[];
  /** @default - none */
  readonly volumes?: { readonly [K in V]?: Volume };
  /** Environment of every step. @default - none */
  readonly env?: (scope: TaskScope<P, R, W>) => Readonly<Record<string, string | Reference>>;
  readonly steps: (scope: TaskScope<P, R, W>) => readonly Step<NoInfer<V>>[];
}

/**
 * A Tekton Task with typed parameters, results, workspaces and volumes.
 *
 * The object's name is the construct's id.
 *
 * @see https://tekton.dev/docs/pipelines/tasks/
 */
export class Task<
  const P extends Params = Record<never, never>,
  const R extends string = never,
  const W extends string = never,
  const V extends string = never,
> extends Construct {
  readonly name: string;
  readonly params: P;
  readonly results: readonly R[];
  readonly workspaces: readonly W[];
  /** The rendered spec: what an address must cover, since it decides what the task makes. */
  readonly spec: object;

  constructor(scope: Construct, id: string, props: TaskProps<P, R, W, V>) {
    super(scope, id);
    this.name = id;
    this.params = props.params ?? ({} as P);
    this.results = props.results ?? [];
    this.workspaces = props.workspaces ?? [];
    const handles: TaskScope<P, R, W> = {
      params: references(this.params),
      results: pick(this.results, (name) => variable(`results.${name}.path`)),
      workspaces: pick(this.workspaces, (name) => variable(`workspaces.${name}.path`)),
    };
    const steps: readonly Step[] = props.steps(handles);
    this.spec = {
      description: props.description,
      params: unlessEmpty(renderParams(this.params)),
      results: unlessEmpty(this.results.map((name) => ({ name }))),
      workspaces: unlessEmpty(this.workspaces.map((name) => ({ name }))),
      volumes: unlessEmpty(Object.entries<Volume>((props.volumes ?? {}) as Record<string, Volume>).map(renderVolume)),
      ...(props.env && { stepTemplate: { env: Object.entries(props.env(handles)).map(([name, value]) => ({ name, value })) } }),
      steps: renderSteps(steps),
    };
    this.node.addValidation({
      validate: () => stepProblems(steps, Object.keys(props.volumes ?? {})).map((each) => `${this.node.path}: ${each}`),
    });
    new ApiObject(this, 'Resource', {
      apiVersion: 'tekton.dev/v1',
      kind: 'Task',
      metadata: { name: this.name },
      spec: this.spec,
    });
  }
}

function pick<K extends string>(names: readonly K[], handle: (name: K) => Reference): { readonly [N in K]: Reference } {
  return Object.fromEntries(names.map((name) => [name, handle(name)])) as { [N in K]: Reference };
}

const TOKEN = { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } };
// Kubernetes puts it into every namespace.
const AUTHORITY = { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } };

function renderFiles(files: Readonly<Record<string, string>> | undefined): object {
  return files === undefined ? {} : { items: Object.entries(files).map(([key, path]) => ({ key, path })) };
}

function renderVolume([name, volume]: [string, Volume]): object {
  switch (volume.kind) {
    case 'scratch':
      return { name, emptyDir: volume.sizeLimit === undefined ? {} : { sizeLimit: volume.sizeLimit } };
    case 'secret':
      return { name, secret: { secretName: volume.secretName, ...renderFiles(volume.files) } };
    case 'config-map':
      return { name, configMap: { name: volume.configMapName } };
    case 'api-token':
      return { name, projected: { sources: [TOKEN, AUTHORITY] } };
  }
}

/** What the types of steps cannot rule out: a list of different steps loses the check for excess names. */
function stepProblems(steps: readonly Step[], volumes: readonly string[]): string[] {
  const names = steps.map(({ name }) => name);
  const doubled = names.filter((name, i) => names.indexOf(name) < i).map((name) => `two steps are called '${name}'; rename one`);
  const own = steps.flatMap(({ name, mounts, env }) => [
    ...Object.keys(mounts ?? {})
      .filter((volume) => !volumes.includes(volume))
      .map(
        (volume) => `step '${name}' mounts '${volume}', which is no volume of the task; it has: ${volumes.join(', ') || 'none'}`,
      ),
    ...Object.entries<string | undefined>(env ?? {})
      .filter(([, value]) => value === undefined)
      .map(
        ([variable]) => `step '${name}': the environment variable ${variable} has no value; name a declared parameter or result`,
      ),
  ]);
  return [...doubled, ...own];
}
