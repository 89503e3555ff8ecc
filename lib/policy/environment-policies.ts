import { credentials, type CredentialSteps } from './credential-policy';
import { hostNamespaces } from './host-namespace-policy';
import { type AllowedHostPath, hostPaths } from './host-path-policy';
import { type ImageRules, images } from './image-policy';
import { networkPolicies, podSecurity } from './namespace-policies';
import { capabilities, nonRoot, resources, seccomp } from './pod-policies';
import { PolicySet } from './policy-set';
import { sharedPods } from './shared-pod-policy';
import { noWildcards } from './rbac-policy';
import { noToken } from './token-policy';

/** What differs between environments. */
export interface EnvironmentPolicies {
  /** Which images pods may run. */
  readonly images: ImageRules;
  /** The images of steps that run nothing that is built here. */
  readonly trusted: readonly string[];
  /** Which steps hold a credential, because they pull or push. */
  readonly credentials: CredentialSteps;
  /** What pods of tools mount of the node. */
  readonly hostPaths: readonly AllowedHostPath[];
}

/**
 * What every environment is held to. What differs between environments is an argument.
 *
 * @example
 * ```ts
 * const policies = environmentPolicies({
 *   images: { registries: ['registry.example'], addressed: 'registry.example/ours', exactly: [settings.toolbox, settings.lifecycle] },
 *   trusted: [settings.toolbox],
 *   credentials: { promotion: ['promote'] },
 *   hostPaths: TOOL_VOLUMES,
 * });
 * new EnvironmentApp(environment, { policies });
 * ```
 */
export function environmentPolicies(rules: EnvironmentPolicies): PolicySet {
  return new PolicySet([
    nonRoot,
    capabilities,
    seccomp,
    resources,
    noToken,
    images(rules.images),
    credentials(rules.credentials),
    sharedPods(rules.trusted),
    networkPolicies,
    noWildcards,
    hostPaths(rules.hostPaths),
    hostNamespaces,
    podSecurity,
  ]);
}
