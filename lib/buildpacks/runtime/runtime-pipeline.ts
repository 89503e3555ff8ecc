import { Construct } from 'constructs';
import { Pipeline } from '../../tekton/pipeline';
import { PipelineRun } from '../../tekton/pipeline-run';
import { Task } from '../../tekton/task';
import { registryAccess } from '../../registry/registry-access';
import type { MadeImage } from '../../registry/made-image';
import type { Registry } from '../../registry/registry';
import type { Settings } from '../../settings/settings';
import { BASE_SCRIPTS } from '../base/base';
import {
  builtAgainst,
  type Runtime,
  RUNTIME_RECIPES,
  RUNTIME_SCRIPTS,
  runtimeAddress,
  runtimeFiles,
  runtimeMetadata,
  runtimePrefix,
} from './runtime';

export interface RuntimePipelineProps {
  readonly registry: Registry;
  /** The image with curl, jq, skopeo and umoci. */
  readonly toolbox: string;
  readonly mirror: Settings['mirror'];
  readonly serviceAccountName: string;
}

export interface MakeRuntimeProps {
  /** The image with a compiler and headers, of the release that the runtime is for (see RUNTIME_NEEDS). */
  readonly buildImage: MadeImage;
}

/**
 * The Tekton pipelines that build runtimes, one for each kind, and push them under their address as an image that holds
 * `runtime/<name>.tar` and `runtime/runtime.json`.
 *
 * One pod for each runtime, all of it as nobody, without a capability. Only the step `fetch` reads the network.
 */
export class RuntimePipeline extends Construct {
  private readonly pipelines: Readonly<Record<Runtime['kind'], ReturnType<typeof runtimePipeline>>>;
  private readonly runs = new Map<Runtime, Construct>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RuntimePipelineProps,
  ) {
    super(scope, id);
    this.pipelines = {
      python: runtimePipeline(this, 'python', props),
      uwsgi: runtimePipeline(this, 'uwsgi', props),
    };
  }

  /**
   * Declares that a runtime is to be in the registry. What it is built against is to be declared before.
   *
   * @throws Error when it is not
   */
  make(scope: Construct, name: string, runtime: Runtime, { buildImage }: MakeRuntimeProps): MadeImage {
    const { registry, mirror, serviceAccountName } = this.props;
    const against = builtAgainst(runtime);
    const image = this.image(runtime);
    const run = new PipelineRun(scope, `${name}-runtime`, {
      pipeline: this.pipelines[runtime.kind],
      serviceAccountName,
      timeout: '1h0m0s',
      image,
      params: {
        image,
        'registry-tls': String(registry.tls),
        'build-image': buildImage.image,
        name: runtime.kind,
        version: runtime.version,
        prefix: runtimePrefix(runtime),
        files: runtimeFiles(runtime)
          .map(({ sha256, archive, path }) => `${sha256} ${mirror[archive]}/${path}`)
          .join('\n'),
        metadata: JSON.stringify(runtimeMetadata(runtime)),
        ...(against && { against: this.image(against), 'against-prefix': runtimePrefix(against) }),
      },
    });
    if (against) run.node.addDependency(this.runOf(against, run));
    run.node.addDependency(buildImage.run);
    this.runs.set(runtime, run);
    return { image, run };
  }

  private image(runtime: Runtime): string {
    return this.props.registry.addressed(`platform/runtimes/${runtime.kind}`, runtimeAddress(runtime));
  }

  private runOf(against: Runtime, run: Construct): Construct {
    const found = this.runs.get(against);
    if (found) return found;
    throw new Error(
      `${run.node.path} is built against ${against.kind} ${against.version}, which this pipeline does not make; ` +
        'call make() for it before',
    );
  }
}

const runtimeParams = {
  image: { description: 'Where the runtime goes; the tag is its address.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  'build-image': { description: 'The image with a compiler and headers.' },
  name: { description: 'The name of the runtime.' },
  version: { description: 'What the built program has to say of itself.' },
  prefix: { description: 'The folder in the layer that it is made for.' },
  files: { description: 'What to fetch: a line for each file, its SHA-256 and its URL.' },
  metadata: { description: 'runtime.json without the checksum of the tar.' },
  against: { description: 'The runtime that it is built against.', default: '' },
  'against-prefix': { description: 'Where that one is.', default: '' },
} as const;

function runtimePipeline(scope: Construct, kind: Runtime['kind'], props: RuntimePipelineProps) {
  const task = runtimeTask(scope, kind, props);
  const pipeline = new Pipeline(scope, `${kind}-runtime`, {
    description: `Builds the runtime ${kind} from pinned source and pushes it under its address.`,
    params: runtimeParams,
  });
  const made = pipeline.addTask('runtime', task, { params: pipeline.params });
  pipeline.addResult('digest', made.results.digest, 'The digest of the pushed image.');
  pipeline.addResult('made', made.results.made, "'built', or 'found' when the registry had it already.");
  return pipeline;
}

function runtimeTask(scope: Construct, kind: Runtime['kind'], { toolbox, registry }: RuntimePipelineProps) {
  const access = registryAccess(registry);
  return new Task(scope, `${kind}-runtime-task`, {
    description: `Builds the runtime ${kind} from pinned source and pushes it as an image, unless the registry has it.`,
    params: runtimeParams,
    results: ['digest', 'made'],
    volumes: { work: { kind: 'scratch', sizeLimit: '4Gi' }, layers: { kind: 'scratch', sizeLimit: '2Gi' }, ...access.volumes },
    env: ({ params, results }) => ({
      HOME: '/work',
      IMAGE: params.image,
      REGISTRY_TLS: params['registry-tls'],
      NAME: params.name,
      VERSION: params.version,
      PREFIX: params.prefix,
      FILES: params.files,
      METADATA: params.metadata,
      AGAINST: params.against,
      AGAINST_PREFIX: params['against-prefix'],
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    }),
    steps: ({ params }) => {
      const mounts = { work: '/work', layers: '/layers' } as const;
      const withRegistry = { mounts: { ...mounts, ...access.mounts }, env: access.env };
      return [
        { name: 'look-up', image: toolbox, script: BASE_SCRIPTS.lookUp, ...withRegistry },
        { name: 'fetch', image: toolbox, script: RUNTIME_SCRIPTS.fetch, ...withRegistry },
        {
          name: 'build',
          image: params['build-image'],
          script: RUNTIME_RECIPES[kind],
          mounts,
          resources: { cpu: '1', memory: '2Gi' },
        },
        { name: 'pack', image: toolbox, script: RUNTIME_SCRIPTS.pack, mounts, resources: { cpu: '250m', memory: '512Mi' } },
        { name: 'push', image: toolbox, script: BASE_SCRIPTS.push, ...withRegistry, resources: { cpu: '250m', memory: '512Mi' } },
      ];
    },
  });
}
