import { ApiObject } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/**
 * Lets promotions hold a lease each for the repository in which they move tags: get, create and update leases in the namespace of the
 * builds, nothing else.
 *
 * @example
 * ```ts
 * const promotionAccess = new PromotionAccess(this, 'promotion-access', 'platform-images');
 * ```
 */
export class PromotionAccess extends Construct {
  readonly serviceAccount: ServiceAccount;

  constructor(
    scope: Construct,
    id: string,
    /** That of the builds, where the leases are. */
    readonly namespace: string,
  ) {
    super(scope, id);
    const metadata = { name: 'promotion', namespace };
    // The one step that calls the API mounts a token of its own.
    this.serviceAccount = new ServiceAccount(this, 'service-account', { metadata, automountToken: false });
    new ApiObject(this, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] }],
    });
    new ApiObject(this, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    });
  }
}
