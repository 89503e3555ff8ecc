import type { Construct } from 'constructs';
import { Task, type TaskScope } from '../tekton/task';
import type { PromotionAccess } from './promotion-access';
import type { Registry } from './registry';
import { registryAccess } from './registry-access';
import { REGISTRY_SCRIPTS } from './registry-scripts';

const params = {
  image: { description: 'The image; the tag is its address. Which digest it has, the registry says.' },
  tags: { description: 'The public tags that are moved, in this order, with blanks between them.' },
  before: {
    description: 'The tags, each with = and the digest that it had when the run began, or nothing. Others in it mean nothing.',
  },
} as const;

/** What moves public tags, and where. */
export interface PromotionProps {
  readonly registry: Registry;
  /** The image with csb-registry. */
  readonly toolbox: string;
  /** What lets it hold the lease of a repository. The pods of the task have its service account. */
  readonly promotionAccess: PromotionAccess;
}

type Handles = TaskScope<typeof params, 'promoted' | 'digest', never>;

/**
 * Moves public tags to an image whose attestation says that it passed its contract in this environment, or to what the image is pinned to.
 *
 * It holds the repository's lease meanwhile, looks at all tags first, keeps what they named under `was-<tag>-<digest>`, and never moves one
 * back to what was public before, unless a pin says so (docs/decisions/0012).
 */
export function promotionTask(scope: Construct, { environment, ...props }: PromotionProps & { readonly environment: string }) {
  const { volumes, env, step } = moving(props);
  return new Task(scope, 'promotion', {
    description: 'Moves public tags to an image that passed its contract.',
    egress: ['registry', 'api'],
    params: {
      ...params,
      family: { description: 'What the image is, as its attestation says it.' },
      contract: { description: 'Which contract it has to have passed.' },
      pin: { description: 'The digest that the image is pinned to, and that is promoted instead; empty for none.', default: '' },
    },
    results: ['promoted', 'digest'],
    volumes,
    env: (handles) => ({
      ...env(handles),
      ENVIRONMENT: environment,
      FAMILY: handles.params.family,
      CONTRACT_VERSION: handles.params.contract,
      PIN: handles.params.pin,
    }),
    steps: () => [{ ...step, name: 'promote', script: REGISTRY_SCRIPTS.promote }],
  });
}

/** The Task of promotions. */
export type PromotionTask = ReturnType<typeof promotionTask>;

/** Moves public tags as a promotion does, to an image that has no contract to pass: a tool's own. */
export function publicationTask(scope: Construct, props: PromotionProps) {
  const { volumes, env, step } = moving(props);
  return new Task(scope, 'publication', {
    description: 'Moves public tags to an image that has no contract to pass.',
    egress: ['registry', 'api'],
    params,
    results: ['promoted', 'digest'],
    volumes,
    env,
    steps: () => [{ ...step, name: 'publish', script: REGISTRY_SCRIPTS.publish }],
  });
}

function moving({ registry, toolbox, promotionAccess }: PromotionProps) {
  const access = registryAccess(registry);
  return {
    volumes: { ...access.volumes, api: { kind: 'api-token' } as const },
    step: { image: toolbox, mounts: { ...access.mounts, api: '/api' }, env: access.env },
    env: ({ params, results }: Handles) => ({
      HOME: '/tmp',
      IMAGE: params.image,
      TAGS: params.tags,
      BEFORE: params.before,
      NAMESPACE: promotionAccess.namespace,
      DIGEST_RESULT: results.digest,
      PROMOTED_RESULT: results.promoted,
    }),
  };
}
