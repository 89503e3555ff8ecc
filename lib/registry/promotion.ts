import type { Construct } from 'constructs';
import { Task } from '../tekton/task';
import type { ImageMaking } from './image-pipeline';
import { REGISTRY_SCRIPTS } from './registry-scripts';
import { registryAccess } from './registry-access';

/** Moves public tags to a digest that has an attestation, by compare and swap; what they named before stays under `was-<tag>-<digest>`. */
export function promotionTask(scope: Construct, { registry, toolbox }: Pick<ImageMaking, 'registry' | 'toolbox'>) {
  const access = registryAccess(registry);
  return new Task(scope, 'promotion', {
    description: 'Moves public tags to an image that passed its contract.',
    params: {
      repository: { description: 'The repository of image and tags.' },
      digest: { description: 'The image.' },
      attestation: { description: 'The digest of the attestation.' },
      before: {
        description: 'The tags in the order in which they are moved, each with = and the digest that it had when the run began.',
      },
      'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
    },
    results: ['promoted'],
    volumes: access.volumes,
    env: ({ params, results }) => ({
      HOME: '/tmp',
      REPOSITORY: params.repository,
      DIGEST: params.digest,
      ATTESTATION: params.attestation,
      BEFORE: params.before,
      REGISTRY_TLS: params['registry-tls'],
      PROMOTED_RESULT: results.promoted,
    }),
    steps: () => [
      {
        name: 'promote',
        image: toolbox,
        script: REGISTRY_SCRIPTS.promote,
        mounts: access.mounts,
        env: access.env,
      },
    ],
  });
}
