import type { Duration, Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { ExactInterface, ExactParams, ExactSteps } from '../tekton/exact-declarations';
import type { Arguments, Params, References } from '../tekton/params';
import type { Destination } from '../tekton/egress';
import { Pipeline } from '../tekton/pipeline';
import type { TaskUse } from '../tekton/pipeline-task';
import type { Workspaces } from '../tekton/pipeline-run';
import type { AnyServiceAccount } from '../tekton/service-account';
import type { Step } from '../tekton/step';
import { Task, type TaskScope, type Volume } from '../tekton/task';
import type { Address } from './address';
import type { IImage } from './image';
import { ImageRun, type ImageRunProps } from './image-run';
import type { Registry, Repository } from './registry';
import { type Pull, RegistryPush } from './registry-push';
import type { RegistryTasks } from './registry-tasks';

/** What images are made and pushed with, whatever they are. */
export interface ImageMaking {
  readonly registry: Registry;
  /**
   * The image with bash, curl, jq, umoci and csb-registry, and with analyzer and exporter in /cnb/lifecycle, of the version that
   * builders have. Images of tools need git in it.
   */
  readonly toolbox: string;
  /** The service account of the pods; it needs no permission and no token. */
  readonly serviceAccount: AnyServiceAccount;
  /** What asks the registry, apart from all that makes images. */
  readonly asking: RegistryTasks;
}

type PushParams = typeof RegistryPush.params;

/** What the steps between pulling and pushing are made of. A task in which something runs that is built has no results. */
type WorkScope<P extends Params, W extends string> = TaskScope<P & PushParams, never, W>;

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
  /** Where its pod may call, beside the registry. */
  readonly egress: readonly Destination[];
  /** The size of the scratch space `work`, for steps to mount. */
  readonly work: Size;
  /** That of `image`, where what is pulled and what is made stands; only steps of the toolbox may mount it. */
  readonly image: Size;
  /** More volumes. @default - none */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** What brings from the registry to `/image` what is needed of it, before anything else. */
  readonly pull: (scope: WorkScope<P, W>) => Pull;
  /** The environment of every step, beside that of the push. */
  readonly env: (scope: WorkScope<P, W>) => Readonly<Record<string, string>>;
  /** What makes the image; the last one, of the toolbox, as the OCI layout `/image/layout` with the tag `base`. */
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
 * A Tekton pipeline that makes an image in one pod and puts it into the registry, unless the registry has it: so a recreated, pruned or
 * doubled run is harmless. What it says of the image is asked in other pods, in which nothing runs that is built.
 *
 * @example
 * ```ts
 * const cakes = new ImagePipeline(this, 'cake', {
 *   ...making,
 *   description: 'Bakes cakes, unless the registry has them.',
 *   params: { candles: { description: 'How many.' } },
 *   egress: [],
 *   work: Size.gibibytes(1),
 *   image: Size.gibibytes(1),
 *   pull: () => ({ script }),
 *   env: ({ params }) => ({ CANDLES: params.candles }),
 *   steps: () => [{ name: 'bake', image: settings.toolbox, script, mounts: { image: '/image' } }],
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
  /** The task that makes the image. */
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
    const asked = { image: this.pushParams.image };
    const found = this.addTask('look-up', props.asking.lookUp, { params: asked });
    const when = [{ input: found.results.made, in: ['built'] }] as const;
    const use = { params: this.params as unknown as Arguments<P & PushParams>, workspaces: own, when };
    const made = this.addTask(id, task, use as unknown as TaskUse<P & PushParams, W, W>);
    const now = this.addTask('digest', props.asking.digest, { params: asked, when, runAfter: [made] });
    this.addResult('made', found.results.made, "'built', or 'found' when the registry had it already.");
    this.addResult('found', found.results.digest, 'The digest of what the registry had already; empty when it had none.');
    this.addResult('digest', now.results.digest, 'The digest of what was built.');
  }

  private get pushParams(): References<PushParams> {
    return this.params;
  }

  /** Declares that an image is to be in the registry: the run that puts it there. */
  make(scope: Construct, id: string, { params, repository, ...props }: MakeProps<P, W>): ImageRun<P & PushParams, W> {
    const image = repository.addressed(props.address);
    const runProps = { ...props, ...this.runProps, image, params: { image, ...params }, pipeline: this };
    return new ImageRun<P & PushParams, W>(scope, id, runProps as unknown as ImageRunProps<P & PushParams, W>);
  }

  private makeTask(
    scope: Construct,
    id: string,
    params: AllParams<P>,
    props: ImagePipelineProps<P, W>,
  ): Task<P & PushParams, never, W, string> {
    const { push } = this;
    return new Task<P & PushParams, never, W, string>(scope, id, {
      description: props.description,
      egress: ['registry', ...props.egress],
      params,
      workspaces: props.workspaces ?? [],
      volumes: {
        work: { kind: 'scratch', sizeLimit: props.work },
        image: { kind: 'scratch', sizeLimit: props.image },
        ...props.volumes,
        ...push.volumes,
      },
      env: (handles) => ({
        ...push.environment(handles.params as unknown as References<PushParams>),
        ...props.env(handles),
      }),
      steps: (handles) => [push.first(props.pull(handles)), ...props.steps(handles), ...push.last()],
    });
  }
}
