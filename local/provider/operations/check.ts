/**
 * Completes inputs: a name where there is none, the default namespace where the kind has one.
 */
import { isNamed, assignName, isGeneratedByServer, keepAssignedName, type NamingRule } from '../objects/naming';
import { at, kindOf, type Manifest, manifestFrom, propertiesFrom, stringAt, withNamespace } from '../objects/manifest';
import { isCustomResourceDefinition, normalize } from '../objects/normalize';
import { markSecrets } from '../objects/secrecy';
import { gvkFromUrn, isListResource, isPatchResource, resourceName } from '../protocol/urn';
import { type PropertyMap, Unknown } from '../protocol/values';
import type { Provider } from './provider';

export interface CheckRequest {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly seed: Uint8Array;
  readonly naming: NamingRule;
}

const managedBy = 'app.kubernetes.io/managed-by';

export async function check(provider: Provider, request: CheckRequest): Promise<PropertyMap> {
  const { urn } = request;
  if (provider.reach.kind === 'unreachable' && provider.settings.skipUpdateUnreachable) {
    provider.engine.log(urn, 'warning', 'Cluster is unreachable but skipUpdateUnreachable flag is set to true, skipping...');
    return request.olds;
  }
  if (isListResource(urn)) {
    throw new Error('list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly');
  }
  const old = manifestFrom(request.olds);
  let object = normalize(manifestFrom(request.news));
  const isPatch = isPatchResource(urn, kindOf(object));
  if (isPatch && !provider.settings.serverSideApply) throw new Error('patch resources require Server-Side Apply mode');
  if (isPatch && !isNamed(object)) throw new Error('patch resources require the `.metadata.name` field to be set');

  const isNew = Object.keys(old).length === 0;
  object = isNew ? assignName(object, resourceName(urn), request.seed, request.naming) : keepAssignedName(object, old);
  if (stringAt(old, 'metadata', 'labels', managedBy) === 'pulumi') object = withManagedBy(object);
  if (isGeneratedByServer(object) && provider.settings.serverSideApply) {
    throw new Error('the `.metadata.generateName` field is not supported in Server-Side Apply mode');
  }
  object = await withDefaultNamespace(provider, urn, object);
  if (isCustomResourceDefinition(object)) provider.discovery.declare(object);
  return markSecrets(propertiesFrom(object), request.news);
}

async function withDefaultNamespace(provider: Provider, urn: string, object: Manifest): Promise<Manifest> {
  const metadata = at(object, 'metadata');
  const given = at(metadata, 'namespace');
  const isOpen = (given === undefined || given === '' || given === null) && !(metadata instanceof Unknown);
  if (provider.defaultNamespace === '' || !isOpen) return object;
  const namespaced = await provider.discovery.isNamespaced(gvkFromUrn(urn));
  return namespaced ? withNamespace(object, provider.defaultNamespace) : object;
}

function withManagedBy(object: Manifest): Manifest {
  const metadata = object['metadata'] as Manifest;
  const labels = (metadata['labels'] ?? {}) as Manifest;
  return { ...object, metadata: { ...metadata, labels: { ...labels, [managedBy]: 'pulumi' } } };
}
