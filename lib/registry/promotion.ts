import type { Construct } from 'constructs';
import { Task, type TaskScope } from '../tekton/task';
import type { ImageMaking } from './image-pipeline';
import { registryAccess } from './registry-access';
import { REGISTRY_SCRIPTS } from './registry-scripts';

const params = {
  repository: { description: 'The repository of image and tags.' },
  tags: { description: 'The tags in the order in which they are moved, with blanks between them.' },
  before: { description: 'The tags, each with = and the digest that it had when the run began.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
} as const;

type Making = Pick<ImageMaking, 'registry' | 'toolbox'>;
type Handles = TaskScope<typeof params, 'promoted' | 'digest', never>;

/** Moves public tags to a digest that has an attestation, by compare and swap; what they named before stays under `was-<tag>-<digest>`. */
export function promotionTask(scope: Construct, making: Making) {
  const { volumes, env, step } = moving(making);
  return new Task(scope, 'promotion', {
    description: 'Moves public tags to an image that passed its contract.',
    egress: ['registry'],
    params: {
      ...params,
      digest: { description: 'The image.' },
      attestation: { description: 'The digest of the attestation.' },
    },
    results: ['promoted', 'digest'],
    volumes,
    env: (handles) => ({ ...env(handles), DIGEST: handles.params.digest, ATTESTATION: handles.params.attestation }),
    steps: () => [{ ...step, name: 'promote', script: REGISTRY_SCRIPTS.promote }],
  });
}

/** Moves public tags as a promotion does, to a digest that has no contract to pass: to that of a tool's own image. */
export function publicationTask(scope: Construct, making: Making) {
  const { volumes, env, step } = moving(making);
  return new Task(scope, 'publication', {
    description: 'Moves public tags to an image that has no contract to pass.',
    egress: ['registry'],
    params: { ...params, image: { description: 'The image; the tag is its address.' } },
    results: ['promoted', 'digest'],
    volumes,
    env: (handles) => ({ ...env(handles), IMAGE: handles.params.image }),
    steps: () => [{ ...step, name: 'publish', script: REGISTRY_SCRIPTS.publish }],
  });
}

function moving({ registry, toolbox }: Making) {
  const access = registryAccess(registry);
  return {
    volumes: access.volumes,
    step: { image: toolbox, mounts: access.mounts, env: access.env },
    env: ({ params, results }: Handles) => ({
      HOME: '/tmp',
      REPOSITORY: params.repository,
      TAGS: params.tags,
      BEFORE: params.before,
      REGISTRY_TLS: params['registry-tls'],
      DIGEST_RESULT: results.digest,
      PROMOTED_RESULT: results.promoted,
    }),
  };
}
