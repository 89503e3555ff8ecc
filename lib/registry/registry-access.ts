import { SecretReference } from '../tekton/secret-reference';
import type { Volume } from '../tekton/volume';
import type { Registry } from './registry';

/** The volumes of a step that asks or writes a registry. */
export type AccessVolume = 'credentials' | 'authority';

/** What a step needs to ask or write a registry. Other steps get none of it. */
export interface RegistryAccess {
  readonly volumes: { readonly [V in AccessVolume]?: Volume };
  readonly mounts: { readonly [V in AccessVolume]?: string };
  readonly env: Readonly<Record<string, string>>;
}

const CREDENTIALS = '/credentials';
const AUTHORITY = '/registry-authority';

/**
 * How a registry is reached, for the steps that ask or write it: a Secret and a ConfigMap, mounted, and the variables by which
 * `csb-registry` (lib/registry/program) and the CNB lifecycle find them. A step without this reaches no registry that wants anything.
 */
export function registryAccess({ host, tls, pushSecret, authority }: Registry): RegistryAccess {
  const credentials = pushSecret === undefined ? undefined : SecretReference.of('kubernetes.io/dockerconfigjson', pushSecret);
  return {
    volumes: {
      ...(credentials && { credentials: credentials.volume({ '.dockerconfigjson': 'config.json' }) }),
      ...(authority && { authority: { kind: 'config-map', configMapName: authority.configMap } }),
    },
    mounts: { ...(credentials && { credentials: CREDENTIALS }), ...(authority && { authority: AUTHORITY }) },
    env: {
      ...(credentials && { REGISTRY_AUTH_FILE: `${CREDENTIALS}/config.json`, DOCKER_CONFIG: CREDENTIALS }),
      // Programs in Go read this folder beside the image's bundle of certificates, others in its place: so it is both.
      ...(authority && { REGISTRY_CA_FILE: `${AUTHORITY}/ca.crt`, SSL_CERT_DIR: `${AUTHORITY}:/etc/ssl/certs` }),
      ...(!tls && { REGISTRY_PLAIN_HTTP: host }),
    },
  };
}
