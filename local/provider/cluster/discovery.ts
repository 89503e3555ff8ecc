/**
 * Which path and scope a kind has: one request for each group version, remembered until definitions change.
 * @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
 */
import { apiVersionOfGroup, at, type GroupVersionKind, listAt, type Manifest, stringAt } from '../objects/manifest';
import { ApiError, NoMatchError } from './api-error';
import type { Connection } from './connection';

export interface Kind {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Kinds without a namespace that every cluster has; asked for when no server can be. */
const clusterScoped = new Set(
  (
    'APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding CustomResourceDefinition FlowSchema ' +
    'IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass PriorityLevelConfiguration RuntimeClass ' +
    'StorageClass ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment'
  ).split(' '),
);

export class Discovery {
  private groupVersions = new Map<string, Promise<Map<string, Kind>>>();
  private readonly declaredScopes = new Map<string, boolean>();

  public constructor(private readonly connection: Connection | undefined) {}

  /** Remembers the scope of kinds whose definition the program is about to create, so that its objects preview in the same run. */
  public declare(definition: Manifest): void {
    const group = stringAt(definition, 'spec', 'group');
    const kind = stringAt(definition, 'spec', 'names', 'kind');
    this.declaredScopes.set(`${group}/${kind}`, stringAt(definition, 'spec', 'scope') !== 'Cluster');
  }

  public invalidate(): void {
    this.groupVersions = new Map();
  }

  /** Throws NoMatchError for kinds that the server does not have. */
  public async kind(gvk: GroupVersionKind): Promise<Kind> {
    const apiVersion = apiVersionOfGroup(gvk);
    const kinds = await this.kindsOf(apiVersion, gvk.group);
    const kind = kinds.get(gvk.kind);
    if (kind === undefined) throw new NoMatchError(gvk.kind, apiVersion);
    return kind;
  }

  public async exists(gvk: GroupVersionKind): Promise<boolean> {
    if (this.connection === undefined) return false;
    try {
      await this.kind(gvk);
      return true;
    } catch {
      return false;
    }
  }

  /** Scope of a kind; one that nobody knows yet counts as namespaced. */
  public async isNamespaced(gvk: GroupVersionKind): Promise<boolean> {
    if (this.connection !== undefined) {
      try {
        return (await this.kind(gvk)).namespaced;
      } catch (error) {
        if (!(error instanceof NoMatchError)) throw error;
      }
    }
    return this.declaredScopes.get(`${gvk.group}/${gvk.kind}`) ?? !clusterScoped.has(gvk.kind);
  }

  private kindsOf(apiVersion: string, group: string): Promise<Map<string, Kind>> {
    let kinds = this.groupVersions.get(apiVersion);
    if (kinds === undefined) {
      kinds = this.load(apiVersion, group);
      this.groupVersions.set(apiVersion, kinds);
      kinds.catch(() => this.groupVersions.delete(apiVersion));
    }
    return kinds;
  }

  private async load(apiVersion: string, group: string): Promise<Map<string, Kind>> {
    if (this.connection === undefined) throw new Error('the cluster is unreachable');
    const kinds = new Map<string, Kind>();
    try {
      const list = await this.connection.send({ method: 'GET', path: `${group === '' ? '/api' : '/apis'}/${apiVersion}` });
      for (const resource of listAt(list, 'resources')) {
        const plural = stringAt(resource, 'name');
        if (plural.includes('/')) continue;
        kinds.set(stringAt(resource, 'kind'), { plural, namespaced: at(resource, 'namespaced') === true });
      }
    } catch (error) {
      if (!(error instanceof ApiError && error.isNotFound)) throw error;
    }
    return kinds;
  }
}
