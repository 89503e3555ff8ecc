import { ApiObject, Duration } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { contentHash } from '../synth/content-hash';
import type { Manifest } from '../synth/synthesized';
import { goDuration, timeoutProblems } from './duration';
import { type Arguments, type Params, renderArguments, unlessEmpty } from './params';
import type { IPipeline } from './imported-pipeline';
import type { AnyServiceAccount } from './service-account';
import { argumentProblems } from './argument-problems';
import { problemsOfText } from './text';

/** Files of a ConfigMap, as a workspace. */
export interface ConfigMapWorkspace {
  readonly configMap: string;
  /** Where in the workspace each key is, and with which mode. @default - under its own name */
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode: number }[];
}

/** What serves each workspace of the pipeline; a pipeline without any needs nothing. */
export type Workspaces<W extends string> = [W] extends [never]
  ? { readonly workspaces?: undefined }
  : { readonly workspaces: { readonly [K in W]: ConfigMapWorkspace } };

/** What a run executes, with which arguments and workspaces, and as whom. */
export type PipelineRunProps<P extends Params, W extends string> = OwnProps<P, W> & Workspaces<W>;

interface OwnProps<P extends Params, W extends string> {
  /** The first part of its name. @default - the construct's id */
  readonly name?: string;
  readonly pipeline: IPipeline<P, W>;
  readonly params: Arguments<P>;
  /** The service account of its pods; it needs no permission and no token. */
  readonly serviceAccount: AnyServiceAccount;
  /** Other service accounts, by the name of a task in the pipeline: for the one that has to call the API. @default - none */
  readonly serviceAccounts?: Readonly<Record<string, AnyServiceAccount>>;
  /** The longest time the run may take. @default Duration.hours(1) */
  readonly timeout?: Duration;
  /** What the run makes, for the table at the end of `up`. @default - none */
  readonly image?: string;
  /** What of it lasts. @default - nothing: each run waits for all that it depends on */
  readonly lasting?: Lasting;
}

/** What a run leaves that later ones need not make again, whatever else is new to them. */
export interface Lasting {
  /** Its name, the same for all runs that would make it: a reference whose tag is an address. */
  readonly what: string;
  /** What has to be there to make it, and for nothing else. */
  readonly from: readonly IConstruct[];
  /** The run that goes first where neither need be made again; how that ends is its own affair. @default - none */
  readonly after?: IConstruct | undefined;
}

/** On a run: the image reference that it puts into the registry. */
export const IMAGE_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/image';
/** On a run: what it leaves that later ones need not make again. */
export const LASTING_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/lasting';
/** The label of a run that was made in the cluster, of a declared template, by no deployment: which template. */
export const TEMPLATE_LABEL = 'cloud-services-buildpacks.toolforge.org/template';

/**
 * A run of a pipeline, named `<name>-<hash>-<attempt>`: the hash of its whole spec and of the pipeline and tasks that it executes.
 *
 * Tekton refuses changes to a run that has started, so another spec is another run. The attempt is 1 in dist/; `csb` deploys a
 * higher one without touching a declaration (docs/decisions/0001).
 *
 * @example
 * ```ts
 * new PipelineRun(this, 'greet-the-world', { pipeline: greetings, params: { who: 'world' }, serviceAccount });
 * ```
 */
export class PipelineRun<const P extends Params, const W extends string = never> extends Construct {
  /** The name of its first attempt. */
  readonly name: string;
  /** What of it lasts. */
  readonly lasting: Lasting | undefined;

  constructor(scope: Construct, id: string, props: PipelineRunProps<P, W>) {
    super(scope, id);
    const { spec, annotations, hash, problems, needs } = renderRun(props);
    this.node.addValidation({ validate: () => problems.map((each) => `${this.node.path}: ${each}`) });
    this.lasting = props.lasting;
    this.name = `${props.name ?? id}-${hash}-1`;
    this.node.addDependency(...needs, ...(props.lasting?.from ?? []));
    new ApiObject(this, 'Resource', { ...RUN, metadata: { name: this.name, annotations }, spec });
  }
}

const RUN = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' } as const;

/** A run that something else makes in the cluster, of a template: what that completes, and what is wrong with it. */
export interface RunTemplate {
  /** As a manifest. */
  readonly manifest: object;
  /** What has to be there before such a run is made. */
  readonly needs: readonly IConstruct[];
  readonly problems: readonly string[];
}

/**
 * A run that is made in the cluster, and not by a deployment.
 *
 * @param id - the template's, by whose label such runs are found again
 * @param name - the first part of its name; the hash of all else follows, of the template as it is
 */
export function runTemplate<const P extends Params, const W extends string>(
  id: string,
  name: string,
  props: PipelineRunProps<P, W>,
): RunTemplate {
  const { spec, annotations, hash, problems, needs } = renderRun(props);
  return {
    manifest: { ...RUN, metadata: { name: `${name}-${hash}`, labels: { [TEMPLATE_LABEL]: id }, annotations }, spec },
    needs,
    problems,
  };
}

function renderRun<P extends Params, W extends string>(props: PipelineRunProps<P, W>) {
  const { pipeline, serviceAccount, workspaces = {} } = props;
  const accounts = Object.entries(props.serviceAccounts ?? {});
  const spec = {
    pipelineRef: { name: pipeline.name },
    // The API server drops empty lists, and Pulumi would not know its own object again.
    params: unlessEmpty(renderArguments(props.params)),
    workspaces: unlessEmpty(renderWorkspaces(workspaces)),
    timeouts: { pipeline: goDuration(props.timeout ?? Duration.hours(1)) },
    taskRunTemplate: { serviceAccountName: serviceAccount.name, podTemplate: { automountServiceAccountToken: false } },
    taskRunSpecs: unlessEmpty(
      accounts.map(([pipelineTaskName, { name: serviceAccountName }]) => ({ pipelineTaskName, serviceAccountName })),
    ),
  };
  const annotations = {
    ...(props.image !== undefined && { [IMAGE_ANNOTATION]: props.image }),
    ...(props.lasting && { [LASTING_ANNOTATION]: props.lasting.what }),
  };
  return {
    ...{ spec, annotations },
    hash: contentHash({ spec, annotations, executes: pipeline.seal() }).slice(0, 10),
    problems: [
      ...runProblems(pipeline, { params: props.params, workspaces, accounts }),
      ...timeoutProblems('the run', props.timeout),
    ],
    needs: [pipeline, serviceAccount, ...accounts.map(([, account]) => account)],
  };
}

/** What types cannot see of a run. */
function runProblems(
  {
    taskNames,
    declaredParams,
    workspaces: declared,
  }: Pick<IPipeline<Params, string>, 'taskNames' | 'declaredParams' | 'workspaces'>,
  given: { readonly params: object; readonly workspaces: object; readonly accounts: readonly [string, unknown][] },
): string[] {
  const served = Object.keys(given.workspaces);
  const unknown = taskNames === undefined ? [] : given.accounts.map(([task]) => task).filter((task) => !taskNames.includes(task));
  return [
    ...(unknown.length === 0
      ? []
      : [
          `serviceAccounts names ${unknown.map((each) => `'${each}'`).join(', ')}; the pipeline has the tasks ${taskNames?.join(', ') ?? ''}`,
        ]),
    ...argumentProblems('the run', declaredParams, given.params),
    ...Object.entries(given.params).flatMap(([name, value]) =>
      problemsOfText(`the argument for '${name}'`, value, { path: '', knowsRun: true }),
    ),
    ...declared
      .filter((each) => !served.includes(each))
      .map((each) => `nothing serves the pipeline's workspace '${each}'; give it in workspaces`),
    ...served
      .filter((each) => !declared.includes(each))
      .map((each) => `workspaces names '${each}', which the pipeline does not declare; it has: ${declared.join(', ') || 'none'}`),
  ];
}

function renderWorkspaces(workspaces: Readonly<Record<string, ConfigMapWorkspace>>): object[] {
  return Object.entries(workspaces).map(([name, { configMap, items }]) => ({
    name,
    configMap: { name: configMap, ...(items && { items }) },
  }));
}

/** What a run gives a parameter of its pipeline; undefined where it gives none, and for what is no run. */
export function argumentOf(manifest: Manifest, name: string): string | undefined {
  if (manifest.kind !== 'PipelineRun') return undefined;
  const { params = [] } = manifest['spec'] as { params?: readonly { readonly name: string; readonly value: unknown }[] };
  const value = params.find((each) => each.name === name)?.value;
  return typeof value === 'string' ? value : undefined;
}
