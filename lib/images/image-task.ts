import type { Construct } from 'constructs';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import { CNB_USER } from '../buildpacks/build-user';
import { waiveRoot } from '../policy/waiver';
import type { ImageMaking } from '../registry/image-pipeline';
import { registryAccess } from '../registry/registry-access';
import { Task } from '../tekton/task';
import { IMAGE_SCRIPTS } from './image-scripts';

/** What the phases are told. */
export const imageParams = {
  image: { description: 'Where the image goes; the tag is the address of its layers and of its run image.' },
  layers: { description: 'The tag of its layers on whichever run image they were built.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  builder: { description: 'The builder.' },
  'run-image': { description: 'The run image.' },
  descriptor: { description: 'platform-image.json.' },
  repository: { description: 'The repository of the image.' },
  tags: { description: 'The public tags, in the order in which they are moved, with blanks between them.' },
} as const;

/**
 * The phases of a build, each a step of its own (CNB platform 0.13, "Lifecycle Interface"), in one pod, so that layers pass from phase to
 * phase on scratch space. Only the steps that ask or write the registry have its credentials; none has a token of the cluster. Root is
 * needed once, for two empty folders.
 */
export function imageTask(scope: Construct, { toolbox, registry }: Pick<ImageMaking, 'toolbox' | 'registry'>) {
  const access = registryAccess(registry);
  const mounts = { work: '/work', layers: '/layers', app: '/workspace' } as const;
  // What buildpacks run in cannot tell the exporter which run image to take.
  const apart = { mounts, readOnly: ['work'] as const, user: CNB_USER.uid, resources: { cpu: 250, memory: 512 } };
  const withRegistry = { ...apart, readOnly: [], mounts: { ...mounts, ...access.mounts }, env: access.env };
  const task = new Task(scope, 'platform-image-phases', {
    description: 'Builds a platform image by the phases of the CNB lifecycle, or puts its layers on another run image.',
    params: imageParams,
    results: ['digest', 'made', 'before'],
    volumes: {
      work: { kind: 'scratch', sizeLimit: '2Gi' },
      layers: { kind: 'scratch', sizeLimit: '4Gi' },
      app: { kind: 'scratch', sizeLimit: '100Mi' },
      ...access.volumes,
    },
    env: ({ params, results }) => ({
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
      // Where buildpacks cannot write: it says on which run image the exporter puts the layers.
      CNB_ANALYZED_PATH: '/work/analyzed.toml',
      ...(registry.tls ? {} : { CNB_INSECURE_REGISTRIES: registry.host }),
      REPOSITORY: params.repository,
      TAGS: params.tags,
      BEFORE_RESULT: results.before,
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    }),
    steps: ({ params }) => [
      { ...withRegistry, name: 'look-up', image: toolbox, script: IMAGE_SCRIPTS.lookUp },
      { name: 'prepare', image: toolbox, script: IMAGE_SCRIPTS.prepare, mounts, user: 'root' },
      { ...withRegistry, name: 'analyze', image: params.builder, script: IMAGE_SCRIPTS.analyze },
      { ...apart, name: 'detect', image: params.builder, script: IMAGE_SCRIPTS.detect },
      { ...withRegistry, name: 'restore', image: params.builder, script: IMAGE_SCRIPTS.restore },
      { ...apart, name: 'build', image: params.builder, script: IMAGE_SCRIPTS.build },
      { name: 'check', image: params['run-image'], script: IMAGE_SCRIPTS.check, mounts, readOnly: ['work', 'layers', 'app'] },
      { ...withRegistry, name: 'export', image: params.builder, script: IMAGE_SCRIPTS.export },
      { ...withRegistry, name: 'finish', image: toolbox, script: IMAGE_SCRIPTS.finish },
    ],
  });
  waiveRoot(task, 'prepare', 'What Kubernetes mounts belongs to root; the build user needs two folders of its own.');
  return task;
}
