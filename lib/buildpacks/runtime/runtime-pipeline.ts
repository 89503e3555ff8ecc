import { Construct } from 'constructs';
import { Task } from '../../tekton/task';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { registryAccess } from '../../registry/registry-access';
import { ImagePipeline } from '../../registry/image-pipeline';
import type { MadeImage } from '../../registry/made-image';
import type { Registry } from '../../registry/registry';
import type { Settings } from '../../settings/settings';
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
  private readonly made = new Map<Runtime, MadeImage>();

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
    const { registry, mirror } = this.props;
    const against = builtAgainst(runtime);
    const other = against && this.madeBefore(against, `${scope.node.path}/${name}`);
    const image = registry.addressed(`platform/runtimes/${runtime.kind}`, runtimeAddress(runtime));
    const params = {
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
      ...(against && other && { against: other.image, 'against-prefix': runtimePrefix(against) }),
    };
    const from = other ? [buildImage, other] : [buildImage];
    const made = this.pipelines[runtime.kind].make(scope, `${name}-runtime`, { image, params, from });
    this.made.set(runtime, made);
    return made;
  }

  private madeBefore(against: Runtime, path: string): MadeImage {
    const found = this.made.get(against);
    if (found) return found;
    throw new Error(
      `${path} is built against ${against.kind} ${against.version}, which this pipeline does not make; call make() for it before`,
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
  return new ImagePipeline(scope, `${kind}-runtime`, {
    description: `Builds the runtime ${kind} from pinned source and pushes it under its address.`,
    params: runtimeParams,
    task: runtimeTask(scope, kind, props),
    serviceAccountName: props.serviceAccountName,
    timeout: '1h0m0s',
  });
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
        { name: 'look-up', image: toolbox, script: REGISTRY_SCRIPTS.lookUp, ...withRegistry },
        { name: 'fetch', image: toolbox, script: RUNTIME_SCRIPTS.fetch, ...withRegistry },
        {
          name: 'build',
          image: params['build-image'],
          script: RUNTIME_RECIPES[kind],
          mounts,
          resources: { cpu: 1000, memory: 2048 },
        },
        { name: 'pack', image: toolbox, script: RUNTIME_SCRIPTS.pack, mounts, resources: { cpu: 250, memory: 512 } },
        { name: 'push', image: toolbox, script: REGISTRY_SCRIPTS.push, ...withRegistry, resources: { cpu: 250, memory: 512 } },
      ];
    },
  });
}
