import { SecretReference } from '../tekton/secret-reference';
import type { Volume } from '../tekton/volume';
import type { Registry } from './registry';

/** What a step needs to ask or write a registry. Other steps get none of it. */
export interface RegistryAccess {
  readonly volumes: { readonly credentials?: Volume };
  readonly mounts: { readonly credentials?: string };
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The credentials of a registry, for the steps that ask or write it: a mounted Secret, and the
 * variables by which skopeo and the CNB lifecycle find it.
 *
 * Empty when the registry takes pushes without credentials.
 */
export function registryAccess({ pushSecret }: Registry): RegistryAccess {
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
