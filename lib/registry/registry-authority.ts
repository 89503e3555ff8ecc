import { ApiObject, JsonPatch } from 'cdk8s';
import { ConfigMap, type ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Registry } from './registry';

/**
 * The ConfigMap with the certificates of a registry's own authority, for the steps that speak to it.
 *
 * @returns undefined when the registry has a certificate that everybody trusts
 */
export function registryAuthority(scope: Construct, { authority }: Registry): ConfigMap | undefined {
  if (authority === undefined) return undefined;
  return new ConfigMap(scope, 'registry-authority', {
    metadata: { name: authority.configMap },
    immutable: true,
    data: { 'ca.crt': authority.text },
  });
}

/** Lets the pods of a service account run images that only those with credentials may pull. cdk8s-plus has no word for it. */
export function withPullSecret(account: ServiceAccount, { pullSecret }: Registry): ServiceAccount {
  if (pullSecret !== undefined) ApiObject.of(account).addJsonPatch(JsonPatch.add('/imagePullSecrets', [{ name: pullSecret }]));
  return account;
}
