import { ApiResource, type IRole, Role, RoleBinding, ServiceAccount } from 'cdk8s-plus-27';
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
  /** The name of the service account. */
  static readonly account = 'promotion';

  readonly serviceAccount: ServiceAccount;

  constructor(
    scope: Construct,
    id: string,
    /** That of the builds, where the leases are. */
    readonly namespace: string,
  ) {
    super(scope, id);
    const metadata = { name: PromotionAccess.account, namespace };
    // The one step that calls the API mounts a token of its own.
    this.serviceAccount = new ServiceAccount(this, 'service-account', { metadata, automountToken: false });
    const rules = [{ verbs: ['get', 'create', 'update'], resources: [ApiResource.LEASES] }];
    const role = new Role(this, 'role', { metadata, rules });
    // cdk8s-plus is compiled without exactOptionalPropertyTypes: to TypeScript, its own Role is no IRole.
    new RoleBinding(this, 'binding', { metadata, role: role as IRole }).addSubjects(this.serviceAccount);
  }
}
