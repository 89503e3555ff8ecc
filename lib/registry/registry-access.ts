import { SecretReference } from '../tekton/secret-reference';
import type { Volume } from '../tekton/volume';
import type { Registry } from './registry';

/** What a step needs to ask or write a registry, and where it is mounted. Other steps get none of it. */
export interface RegistryAccess<V extends string> {
  readonly mounts: { readonly [K in V]?: string };
  readonly env: Readonly<Record<string, string>>;
}

/** The credentials of a pod in which nothing that is built runs. */
export interface OwnAccess extends RegistryAccess<'credentials'> {
  readonly volumes: { readonly credentials?: Volume };
}

/**
 * The credentials of a registry, for the steps of a pod in which nothing that is built runs: a mounted Secret, and the variables by which
 * skopeo and the CNB lifecycle find it.
 *
 * Empty when the registry takes pushes without credentials.
 */
export function registryAccess({ pushSecret }: Registry): OwnAccess {
  if (pushSecret === undefined) return { volumes: {}, mounts: {}, env: {} };
  return {
    volumes: {
      credentials: SecretReference.of('kubernetes.io/dockerconfigjson', pushSecret).volume({
        '.dockerconfigjson': 'config.json',
      }),
    },
    mounts: { credentials: '/credentials' },
    env: { REGISTRY_AUTH_FILE: '/credentials/config.json', DOCKER_CONFIG: '/credentials' },
  };
}

/** The credentials of a pod in which something that is built runs, between two steps that have them. */
export interface HandedAccess {
  readonly volumes: { readonly credentials?: Volume; readonly handed?: Volume };
  /** For the first step, which calls `hand_over`. */
  readonly before: RegistryAccess<'credentials' | 'handed'>;
  /** For the last one, which calls `take_credentials`. */
  readonly after: RegistryAccess<'handed'>;
}

/** The credentials of a registry as they pass by what is built (steps/credentials.sh). Both steps have the same user. */
export function handedAccess(registry: Registry): HandedAccess {
  const { volumes, mounts, env } = registryAccess(registry);
  if (volumes.credentials === undefined) return { volumes: {}, before: { mounts: {}, env: {} }, after: { mounts: {}, env: {} } };
  const handed = { HANDED: '/handed/config.json' };
  return {
    volumes: { ...volumes, handed: { kind: 'memory' } },
    before: { mounts: { ...mounts, handed: '/handed' }, env: { ...env, ...handed } },
    after: { mounts: { handed: '/handed' }, env: handed },
  };
}
