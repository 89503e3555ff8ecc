import { SecretReference } from '../tekton/secret-reference';
import type { Volume } from '../tekton/volume';
import type { Registry } from './registry';

/** The volumes of a step that asks or writes a registry in a pod in which nothing that is built runs. */
type AccessVolume = 'credentials' | 'authority';

/** What a step needs to ask or write a registry, and where it is mounted. Other steps get none of it. */
interface StepAccess<V extends string> {
  readonly mounts: { readonly [K in V]?: string };
  readonly env: Readonly<Record<string, string>>;
}

/** What all steps of a pod need in which nothing that is built runs. */
export interface RegistryAccess extends StepAccess<AccessVolume> {
  readonly volumes: { readonly [V in AccessVolume]?: Volume };
}

const CREDENTIALS = '/credentials';
const AUTHORITY = '/registry-authority';

/**
 * How a registry is reached, for the steps of a pod in which nothing that is built runs: a Secret and a ConfigMap, mounted, and the variables by which
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

/** What a pod needs in which something that is built runs, between two steps that reach the registry. */
export interface HandedAccess {
  readonly volumes: { readonly [V in AccessVolume | 'handed']?: Volume };
  /** For the first step, which calls `hand_over`. */
  readonly before: StepAccess<AccessVolume | 'handed'>;
  /** For the last one, which calls `take_credentials`. */
  readonly after: StepAccess<'authority' | 'handed'>;
}

/** How a registry is reached on both sides of what is built (steps/credentials.sh). Both steps have the same user. */
export function handedAccess(registry: Registry): HandedAccess {
  const { volumes, mounts, env } = registryAccess(registry);
  const { credentials, ...others } = mounts;
  const { REGISTRY_AUTH_FILE, DOCKER_CONFIG, ...rest } = env;
  if (credentials === undefined) return { volumes, before: { mounts, env }, after: { mounts: others, env } };
  const handed = { HANDED: '/handed/config.json' };
  return {
    volumes: { ...volumes, handed: { kind: 'memory' } },
    before: { mounts: { ...mounts, handed: '/handed' }, env: { ...env, ...handed } },
    after: { mounts: { ...others, handed: '/handed' }, env: { ...rest, ...handed } },
  };
}
