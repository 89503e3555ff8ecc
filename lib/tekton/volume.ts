import type { Size } from 'cdk8s';
import type { SecretVolume } from './secret-reference';

/** A volume of the task's pod. Tasks that need more than one pod's life belong in the registry, not on a disk: clusters may lack a provisioner. */
export type Volume =
  | { readonly kind: 'scratch'; /** @default - the node's limit */ readonly sizeLimit?: Size }
  /** Scratch space of a mebibyte that is in memory, for what must be on no disk: a credential that one step hands to another. */
  | { readonly kind: 'memory' }
  /** Made by `SecretReference.volume()`. */
  | SecretVolume
  | { readonly kind: 'config-map'; readonly configMapName: string }
  /** `token` of the run's service account, for an hour, and `ca.crt` of the API server. Only steps that mount it have it. */
  | { readonly kind: 'api-token' };

const TOKEN = { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } };
// Kubernetes puts it into every namespace.
const AUTHORITY = { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } };

/** A volume as Kubernetes writes it in a pod. */
export function renderVolume([name, volume]: [string, Volume]): object {
  switch (volume.kind) {
    case 'scratch':
      return { name, emptyDir: volume.sizeLimit === undefined ? {} : { sizeLimit: volume.sizeLimit.asString() } };
    case 'memory':
      return { name, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } };
    case 'secret':
      return { name, secret: volume.toSource() };
    case 'config-map':
      return { name, configMap: { name: volume.configMapName } };
    case 'api-token':
      return { name, projected: { sources: [TOKEN, AUTHORITY] } };
  }
}
