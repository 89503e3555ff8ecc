import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ImagePipeline } from '../../registry/image-pipeline';
import type { MadeImage } from '../../registry/made-image';
import type { Registry } from '../../registry/registry';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { registryAccess } from '../../registry/registry-access';
import { contentHash } from '../../synth/content-hash';
import type { ConfigMapWorkspace } from '../../tekton/pipeline-run';
import { Task } from '../../tekton/task';
import type { Runtime } from '../runtime/runtime';
import { CNB_USER } from '../stack/stack-image';
import { type Builder, BUILDER_SCRIPTS, builderAddress, builderMetadata, orderToml, runToml } from './builder';
import { type Buildpack, escapedId } from './buildpack';

export interface BuilderPipelineProps {
  readonly registry: Registry;
  /** The image with jq, umoci and skopeo. */
  readonly toolbox: string;
  /** The image with the lifecycle in /cnb/lifecycle. */
  readonly lifecycle: string;
  readonly serviceAccountName: string;
}

export interface MakeBuilderProps {
  /** The build image of the builder's stack. */
  readonly buildImage: MadeImage;
  /** The repository of the stack's run image, without a tag. */
  readonly runRepository: string;
  /** The image of a runtime of the builder. */
  readonly runtimeImage: (runtime: Runtime) => MadeImage;
}

/** The Tekton pipeline that makes builders: a build image with the lifecycle, buildpacks and their runtimes. */
export class BuilderPipeline extends Construct {
  private readonly pipeline;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BuilderPipelineProps,
  ) {
    super(scope, id);
    this.pipeline = new ImagePipeline(this, 'builder', {
      description: 'Makes a builder and pushes it under its address.',
      params: builderParams,
      workspaces: ['buildpacks'],
      task: builderTask(this, props),
      serviceAccountName: props.serviceAccountName,
      timeout: '30m0s',
    });
  }

  /** Declares that a builder is to be in the registry. */
  make(scope: Construct, builder: Builder, { buildImage, runRepository, runtimeImage }: MakeBuilderProps): MadeImage {
    const { registry, lifecycle } = this.props;
    const image = registry.addressed(`platform/builders/${builder.name}`, builderAddress(builder, lifecycle));
    const files = new BuildpackFiles(scope, `${builder.name}-buildpacks`, builder.buildpacks);
    const runtimes = builder.runtimes.map((runtime) => ({
      folder: this.folderOf(builder, runtime),
      made: runtimeImage(runtime),
    }));
    const params = {
      image,
      'registry-tls': String(registry.tls),
      'build-image': buildImage.image,
      lifecycle,
      runtimes: runtimes.map(({ folder, made }) => `${folder} ${made.image}`).join('\n'),
      order: orderToml(builder),
      run: runToml(runRepository),
      metadata: builderMetadata(builder, runRepository),
      'order-label': JSON.stringify([{ group: builder.buildpacks.map(({ id, version }) => ({ id, version })) }]),
    };
    const made = this.pipeline.make(scope, `${builder.name}-builder`, {
      image,
      params,
      workspaces: { buildpacks: files.workspace },
      from: [buildImage, ...runtimes.map((each) => each.made)],
    });
    made.run.node.addDependency(files);
    return made;
  }

  private folderOf({ name, buildpacks }: Builder, { kind }: Runtime): string {
    const buildpack = buildpacks.find(({ id }) => id === `toolforge/${kind}`);
    if (buildpack === undefined)
      throw new Error(`builder ${name}: nothing lays the runtime ${kind}; add the buildpack toolforge/${kind}`);
    return folderOf(buildpack);
  }
}

const folderOf = (buildpack: Buildpack): string => `${escapedId(buildpack)}/${buildpack.version}`;

/** The files of buildpacks as a ConfigMap, whose name is the address of its content. */
class BuildpackFiles extends Construct {
  readonly workspace: ConfigMapWorkspace;

  constructor(scope: Construct, id: string, buildpacks: readonly Buildpack[]) {
    super(scope, id);
    const files = buildpacks.flatMap((buildpack) =>
      buildpack.files.map(({ path, content, executable }) => ({
        key: `${escapedId(buildpack)}__${path.replaceAll('/', '__')}`,
        path: `${folderOf(buildpack)}/${path}`,
        mode: executable ? 0o755 : 0o644,
        content,
      })),
    );
    const data = Object.fromEntries(files.map(({ key, content }) => [key, content]));
    const name = `${id}-${contentHash(data).slice(0, 10)}`;
    new ApiObject(this, 'Resource', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, immutable: true, data });
    this.workspace = { configMap: name, items: files.map(({ key, path, mode }) => ({ key, path, mode })) };
  }
}

const builderParams = {
  image: { description: 'Where the builder goes; the tag is its address.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  'build-image': { description: 'The build image that it stands on.' },
  lifecycle: { description: 'The image with the lifecycle.' },
  runtimes: { description: 'A line for each runtime: the folder of its buildpack, and its image.' },
  order: { description: 'The text of /cnb/order.toml.' },
  run: { description: 'The text of /cnb/run.toml.' },
  metadata: { description: 'The label io.buildpacks.builder.metadata.' },
  'order-label': { description: 'The label io.buildpacks.buildpack.order.' },
} as const;

function builderTask(scope: Construct, { toolbox, registry }: BuilderPipelineProps) {
  const access = registryAccess(registry);
  const mounts = { work: '/work' } as const;
  const withRegistry = { mounts: { ...mounts, ...access.mounts }, env: access.env };
  const resources = { cpu: 250, memory: 512 };
  return new Task(scope, 'builder-image', {
    description: 'Makes a builder, unless the registry has it.',
    params: builderParams,
    results: ['digest', 'made'],
    workspaces: ['buildpacks'],
    volumes: { work: { kind: 'scratch', sizeLimit: '8Gi' }, ...access.volumes },
    env: ({ params, results, workspaces }) => ({
      HOME: '/work',
      IMAGE: params.image,
      REGISTRY_TLS: params['registry-tls'],
      BUILD_IMAGE: params['build-image'],
      LIFECYCLE: params.lifecycle,
      RUNTIMES: params.runtimes,
      BUILDPACKS: workspaces.buildpacks,
      ORDER: params.order,
      RUN: params.run,
      METADATA: params.metadata,
      ORDER_LABEL: params['order-label'],
      CNB_UID: String(CNB_USER.uid),
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    }),
    steps: () => [
      { name: 'look-up', image: toolbox, script: REGISTRY_SCRIPTS.lookUp, ...withRegistry },
      { name: 'fetch', image: toolbox, script: BUILDER_SCRIPTS.fetch, ...withRegistry, resources },
      { name: 'assemble', image: toolbox, script: BUILDER_SCRIPTS.assemble, mounts, resources },
      { name: 'push', image: toolbox, script: REGISTRY_SCRIPTS.push, ...withRegistry, resources },
    ],
  });
}
