import { Size } from 'cdk8s';
import type { IBuilder } from '../buildpacks/builder/builder';
import { CNB_USER } from '../buildpacks/build-user';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import type { IConstruct } from 'constructs';
import { waiveRoot } from '../policy/waiver';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import type { Registry, Repository } from '../registry/registry';
import { registryAccess } from '../registry/registry-access';
import type { Step } from '../tekton/step';
import type { TaskScope } from '../tekton/task';
import { IMAGE_SCRIPTS } from './image-scripts';

/** What the phases are told. */
export const imageParams = {
  image: { description: 'Where the image goes; the tag is the address of its layers and of its run image.' },
  layers: { description: 'The tag of its layers on whichever run image they were built.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  builder: { description: 'The builder.' },
  'run-image': { description: 'The run image.' },
  descriptor: { description: 'platform-image.json; without one, there is no such file.' },
  repository: { description: 'The repository of the image.' },
  tags: { description: 'The public tags, in the order in which they are moved, with blanks between them.' },
} as const;

/** Where an image goes, and what it is made of. */
export interface PhasesOf {
  readonly builder: IBuilder;
  readonly repository: Repository;
  /** That of its layers. */
  readonly address: Address;
  readonly registry: Registry;
  /** platform-image.json; empty for none. */
  readonly descriptor: string;
  /** The public tags, in the order in which they are moved. */
  readonly tags: readonly string[];
}

/** The arguments of the phases for an image. */
export function phaseArguments({ builder, repository, address, registry, descriptor, tags }: PhasesOf) {
  const { runImage } = builder.stack;
  return {
    image: repository.addressed(address, runImage.address),
    layers: repository.addressed(address),
    'registry-tls': String(registry.tls),
    builder: builder.image.reference,
    'run-image': runImage.reference,
    descriptor,
    repository: repository.reference,
    tags: tags.join(' '),
  };
}

/** What the phases hand on. */
export const IMAGE_RESULTS = ['digest', 'made', 'before'] as const;

/** What an application is, beside its descriptor. */
export interface Application {
  /** The most that it may take. */
  readonly size: Size;
  /** The steps that bring it into `/workspace`, as the user of builds. @default - none: the descriptor is all of it */
  readonly steps?: readonly Step<'work' | 'app'>[];
}

type Handles = TaskScope<typeof imageParams, (typeof IMAGE_RESULTS)[number], never>;

/**
 * The phases of a build, each a step of its own (CNB platform 0.15, "Lifecycle Interface"), in one pod, so that layers pass from phase to
 * phase on scratch space. Only the steps that ask or write the registry have its credentials; none has a token of the cluster. Root is
 * needed once, for two empty folders.
 *
 * @returns what a Task that builds images is made of, whatever their application is
 */
export function imagePhases({ toolbox, registry }: Pick<ImageMaking, 'toolbox' | 'registry'>) {
  const access = registryAccess(registry);
  const mounts = { work: '/work', layers: '/layers', app: '/workspace' } as const;
  // What buildpacks run in cannot tell the exporter which run image to take.
  const apart = { mounts, readOnly: ['work'] as const, user: CNB_USER.uid, resources: { cpu: 250, memory: 512 } };
  const withRegistry = { ...apart, readOnly: [], mounts: { ...mounts, ...access.mounts }, env: access.env };
  return {
    /** The volumes of its pod. */
    volumes: (application: Application) =>
      ({
        work: { kind: 'scratch', sizeLimit: Size.gibibytes(2) },
        layers: { kind: 'scratch', sizeLimit: Size.gibibytes(4) },
        app: { kind: 'scratch', sizeLimit: application.size },
        ...access.volumes,
      }) as const,
    /** The environment of every step. */
    env: ({ params, results }: Handles) => ({
      HOME: '/tmp',
      IMAGE: params.image,
      LAYERS: params.layers,
      REGISTRY_TLS: params['registry-tls'],
      RUN_IMAGE: params['run-image'],
      DESCRIPTOR: params.descriptor,
      CNB_UID: String(CNB_USER.uid),
      CNB_PLATFORM_API: PLATFORM_API,
      CNB_APP_DIR: '/workspace',
      CNB_LAYERS_DIR: '/layers',
      // Where buildpacks cannot write: one says on which run image the exporter puts the layers, the other from which source they are.
      CNB_ANALYZED_PATH: '/work/analyzed.toml',
      CNB_PROJECT_METADATA_PATH: '/work/project-metadata.toml',
      ...(registry.tls ? {} : { CNB_INSECURE_REGISTRIES: registry.host }),
      REPOSITORY: params.repository,
      TAGS: params.tags,
      BEFORE_RESULT: results.before,
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    }),
    /** The phases, and what comes before and after them. */
    steps: ({ params }: Handles, { steps = [] }: Application) =>
      [
        { ...withRegistry, name: 'look-up', image: toolbox, script: IMAGE_SCRIPTS.lookUp },
        { name: 'prepare', image: toolbox, script: IMAGE_SCRIPTS.prepare, mounts, user: 'root' },
        ...steps,
        { ...withRegistry, name: 'analyze', image: params.builder, script: IMAGE_SCRIPTS.analyze },
        { ...apart, name: 'detect', image: params.builder, script: IMAGE_SCRIPTS.detect },
        { ...withRegistry, name: 'restore', image: params.builder, script: IMAGE_SCRIPTS.restore },
        { ...apart, name: 'build', image: params.builder, script: IMAGE_SCRIPTS.build },
        { name: 'check', image: params['run-image'], script: IMAGE_SCRIPTS.check, mounts, readOnly: ['work', 'layers', 'app'] },
        { ...withRegistry, name: 'export', image: params.builder, script: IMAGE_SCRIPTS.export },
        { ...withRegistry, name: 'finish', image: toolbox, script: IMAGE_SCRIPTS.finish },
      ] as const,
  };
}

/** Says why a task of these phases has a step that is root. */
export function waivePreparation(task: IConstruct): void {
  waiveRoot(task, 'prepare', 'What Kubernetes mounts belongs to root; the build user needs two folders of its own.');
}
