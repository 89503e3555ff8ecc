import type { Duration, Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { ExactInterface, ExactParams, ExactSteps } from '../tekton/exact-declarations';
import type { Arguments, Params, References } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import type { TaskUse } from '../tekton/pipeline-task';
import { PipelineRun, type PipelineRunProps, type Workspaces } from '../tekton/pipeline-run';
import type { AnyServiceAccount } from '../tekton/service-account';
import type { Step } from '../tekton/step';
import { Task, type TaskScope, type Volume } from '../tekton/task';
import type { Address } from './address';
import type { IImage } from './image';
import type { Registry, Repository } from './registry';
import { RegistryPush } from './registry-push';
import type { RegistryAccess } from './registry-access';

/** What images are made and pushed with, whatever they are. */
export interface ImageMaking {
  readonly registry: Registry;
  /** The image with bash, jq, skopeo and umoci. */
  readonly toolbox: string;
  /** The service account of the pods; it needs no permission and no token. */
  readonly serviceAccount: AnyServiceAccount;
}

type PushParams = typeof RegistryPush.params;
type PushResult = (typeof RegistryPush.results)[number];

/** What the steps between asking and pushing are made of. */
export interface WorkScope<P extends Params, W extends string> extends TaskScope<P & PushParams, PushResult, W> {
  /** The credentials of the registry, for a step that has to read it. */
  readonly access: RegistryAccess;
}

/** The parameters of the task: those of the image, and those of the push. */
type AllParams<P> = P & PushParams & ExactParams<P & PushParams>;

/** How images of one kind are made. */
export interface ImagePipelineProps<
  P extends Params,
  W extends string,
  S extends readonly Step[] = readonly Step[],
> extends ImageMaking {
  /** A sentence for whoever reads the cluster. */
  readonly description: string;
  /** What the image is made of, beside where it goes. */
  readonly params: P;
  /** @default - none */
  readonly workspaces?: readonly W[];
  /** Scratch space at `/work`. */
  readonly work: Size;
  /** More volumes. @default - none */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** The environment of every step, beside that of the push. */
  readonly env: (scope: WorkScope<P, W>) => Readonly<Record<string, string>>;
  /** What makes the image as the OCI layout `/work/image`, unless `/work/found` is there. */
  readonly steps: (scope: WorkScope<P, W>) => S;
  /** The longest time a run may take. */
  readonly timeout: Duration;
}

/** What one image is made of, and where it goes. */
export type MakeProps<P extends Params, W extends string> = OwnProps<P> & Workspaces<W>;

interface OwnProps<P extends Params> {
  /** The first part of the run's name. */
  readonly name: string;
  /** Where it goes. */
  readonly repository: Repository;
  /** What decides its content, and so its tag. */
  readonly address: Address;
  readonly params: Arguments<P>;
  /** The images that have to be in the registry before. */
  readonly from: readonly IImage[];
}

/**
 * A Tekton pipeline of one task that makes an image in one pod and puts it into the registry, unless the registry has it: so a recreated,
 * pruned or doubled run is harmless.
 *
 * @example
 * ```ts
 * const cakes = new ImagePipeline(this, 'cake', {
 *   ...making,
 *   description: 'Bakes cakes, unless the registry has them.',
 *   params: { candles: { description: 'How many.' } },
 *   work: Size.gibibytes(1),
 *   env: ({ params }) => ({ CANDLES: params.candles }),
 *   steps: () => [{ name: 'bake', image: settings.toolbox, script, mounts: { work: '/work' } }],
 *   timeout: Duration.minutes(5),
 * });
 * cakes.make(this, 'birthday', {
 *   name: 'birthday-cake',
 *   repository: registry.repository('cakes/birthday'),
 *   address: addressOf({ candles: 7 }),
 *   params: { candles: '7' },
 *   from: [toolforgeBookworm],
 * });
 * ```
 */
export class ImagePipeline<
  const P extends Params,
  const W extends string = never,
  const S extends readonly Step[] = readonly Step[],
> extends Pipeline<P & PushParams, W> {
  /** Its one task. */
  readonly task: IConstruct;
  private readonly push: RegistryPush;
  private readonly runProps: Pick<ImagePipelineProps<P, W>, 'serviceAccount' | 'timeout'>;

  // What a pipeline is called with is P and what a push needs. TypeScript cannot see that of an open P, so the casts in here say it: callers
  // are held to P by make(), and synthesis looks at every argument.
  constructor(scope: Construct, id: string, props: ImagePipelineProps<P, W, S> & ExactInterface<P> & ExactSteps<S, string>) {
    const { description, workspaces = [], serviceAccount, timeout } = props;
    const params = { ...RegistryPush.params, ...props.params } as AllParams<P>;
    super(scope, id, { description, params, workspaces });
    this.push = new RegistryPush(props.registry, props.toolbox);
    this.runProps = { serviceAccount, timeout };
    const task = this.makeTask(scope, `${id}-image`, params, props);
    this.task = task;
    const own = Object.fromEntries(workspaces.map((each) => [each, each])) as { readonly [K in W]: W };
    const use = { params: this.params as unknown as Arguments<P & PushParams>, workspaces: own };
    const made = this.addTask(id, task, use as unknown as TaskUse<P & PushParams, W, W>);
    this.addResult('digest', made.results.digest, 'The digest of the image.');
    this.addResult('made', made.results.made, "'built', or 'found' when the registry had it already.");
  }

  /** Declares that an image is to be in the registry: the run that puts it there. */
  make(scope: Construct, id: string, { from, params, repository, ...props }: MakeProps<P, W>): ImageRun<P & PushParams, W> {
    const image = repository.addressed(props.address);
    const runProps = {
      ...props,
      ...this.runProps,
      image,
      params: { ...this.push.argumentsFor(image), ...params },
      pipeline: this,
    };
    const run = new ImageRun<P & PushParams, W>(scope, id, runProps as unknown as ImageRunProps<P & PushParams, W>);
    run.node.addDependency(...from);
    return run;
  }

  private makeTask(
    scope: Construct,
    id: string,
    params: AllParams<P>,
    props: ImagePipelineProps<P, W>,
  ): Task<P & PushParams, PushResult, W, string> {
    const { push } = this;
    const withAccess = (handles: TaskScope<P & PushParams, PushResult, W>): WorkScope<P, W> => ({
      ...handles,
      access: push.access,
    });
    return new Task<P & PushParams, PushResult, W, string>(scope, id, {
      description: props.description,
      params,
      results: RegistryPush.results,
      workspaces: props.workspaces ?? [],
      volumes: { work: { kind: 'scratch', sizeLimit: props.work }, ...props.volumes, ...push.access.volumes },
      env: (handles) => ({
        ...push.environment(handles.params as unknown as References<PushParams>, handles.results),
        ...props.env(withAccess(handles)),
      }),
      steps: (handles) => [push.lookUp, ...props.steps(withAccess(handles)), push.push],
    });
  }
}

type ImageRunProps<P extends Params, W extends string> = PipelineRunProps<P, W> & {
  readonly image: string;
  readonly address: Address;
};

/** A run that puts an image into the registry, and so the image. */
export class ImageRun<const P extends Params = Params, const W extends string = string>
  extends PipelineRun<P, W>
  implements IImage
{
  readonly reference: string;
  readonly address: Address;

  constructor(scope: Construct, id: string, props: ImageRunProps<P, W>) {
    super(scope, id, props);
    this.reference = props.image;
    this.address = props.address;
  }
}
