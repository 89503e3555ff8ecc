import type { Construct } from 'constructs';
import { Task, type TaskScope } from '../tekton/task';
import type { ImageMaking } from './image-pipeline';
import { registryAccess } from './registry-access';
import { REGISTRY_SCRIPTS } from './registry-scripts';

const params = {
  repository: { description: 'The repository of image and tags.' },
  digest: { description: 'The image.' },
  before: {
    description: 'The tags in the order in which they are moved, each with = and the digest that it had when the run began.',
  },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
} as const;

type Making = Pick<ImageMaking, 'registry' | 'toolbox'>;
type Handles = TaskScope<typeof params, 'promoted', never>;

/** Moves public tags to a digest that has an attestation, by compare and swap; what they named before stays under `was-<tag>-<digest>`. */
export function promotionTask(scope: Construct, making: Making) {
  const { volumes, env, step } = moving(making);
  return new Task(scope, 'promotion', {
    description: 'Moves public tags to an image that passed its contract.',
    params: { ...params, attestation: { description: 'The digest of the attestation.' } },
    results: ['promoted'],
    volumes,
    env: (handles) => ({ ...env(handles), ATTESTATION: handles.params.attestation }),
    steps: () => [{ ...step, name: 'promote', script: REGISTRY_SCRIPTS.promote }],
  });
}

/** Moves public tags as a promotion does, to a digest that has no contract to pass: to that of a tool's own image. */
export function publicationTask(scope: Construct, making: Making) {
  const { volumes, env, step } = moving(making);
  return new Task(scope, 'publication', {
    description: 'Moves public tags to an image that has no contract to pass.',
    params,
    results: ['promoted'],
    volumes,
    env,
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
      DIGEST: params.digest,
      BEFORE: params.before,
      REGISTRY_TLS: params['registry-tls'],
      PROMOTED_RESULT: results.promoted,
    }),
  };
}
