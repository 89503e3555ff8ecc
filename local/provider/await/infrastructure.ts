/**
 * When services, volumes, ingresses and definitions count as usable.
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/core/v1/service/ (and the pages of the other kinds)
 */
import { at, isManifest, listAt, type Manifest, namespaceOf, nameOf, numberAt, stringAt } from '../objects/manifest';
import { condition, ready, type ReadinessCheck, waiting } from './readiness';

function needsPods(service: Manifest): boolean {
  const selector = at(service, 'spec', 'selector');
  const hasSelector = isManifest(selector) && Object.keys(selector).length > 0;
  return hasSelector && stringAt(service, 'spec', 'clusterIP') !== 'None' && stringAt(service, 'spec', 'type') !== 'ExternalName';
}

export const service: ReadinessCheck = async (live, around) => {
  const balanced = stringAt(live, 'spec', 'type') === 'LoadBalancer';
  if (balanced && listAt(live, 'status', 'loadBalancer', 'ingress').length === 0) {
    return waiting('[2/3] Attempting to allocate IP address to Service');
  }
  if (!needsPods(live)) return ready();
  const example = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { namespace: namespaceOf(live) } };
  const slices = await around.list(example, { labelSelector: `kubernetes.io/service-name=${nameOf(live)}` });
  const endpoints = slices.flatMap((slice) => listAt(slice, 'endpoints'));
  if (endpoints.length > 0 && endpoints.every((each) => at(each, 'conditions', 'ready') !== false)) return ready();
  if (endpoints.length === 0 && slices.length > 0 && isSettled(slices)) return ready();
  return waiting(
    "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods",
  );
};

/** No endpoints, and none have come for ten seconds: the selector matches nothing, which the official provider accepts too. */
function isSettled(slices: readonly Manifest[]): boolean {
  return slices.every((slice) => Date.now() - Date.parse(stringAt(slice, 'metadata', 'creationTimestamp')) > 10_000);
}

export const volumeClaim: ReadinessCheck = async (live, around) => {
  const phase = stringAt(live, 'status', 'phase');
  if (phase === 'Bound') return ready();
  const className = stringAt(live, 'spec', 'storageClassName');
  if (className !== '') {
    const storageClass = await around.get({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: className },
    });
    const mode = storageClass && stringAt(storageClass, 'volumeBindingMode');
    if (mode === 'WaitForFirstConsumer' && phase === 'Pending') return ready();
  }
  return waiting(`Waiting for PersistentVolumeClaim to be bound (phase ${phase || 'unknown'})`);
};

export const volume: ReadinessCheck = (live) => {
  const phase = stringAt(live, 'status', 'phase');
  return phase === 'Available' || phase === 'Bound'
    ? ready()
    : waiting(`Waiting for PersistentVolume (phase ${phase || 'unknown'})`);
};

export const replicationController: ReadinessCheck = (live) => {
  const wanted = numberAt(live, 'spec', 'replicas') ?? 1;
  const available = numberAt(live, 'status', 'availableReplicas') ?? 0;
  return available >= wanted ? ready() : waiting(`Waiting for ReplicationController (${available}/${wanted} Pods available)`);
};

export const resourceQuota: ReadinessCheck = (live) => {
  const [wanted, applied] = [at(live, 'spec', 'hard'), at(live, 'status', 'hard')];
  const keys = isManifest(wanted) ? Object.keys(wanted) : [];
  return isManifest(applied) && keys.every((key) => key in applied)
    ? ready()
    : waiting('Waiting for ResourceQuota to be observed');
};

/** A secret of a service account is filled by a controller; others are complete at once. */
export const secret: ReadinessCheck = (live) => {
  if (stringAt(live, 'type') !== 'kubernetes.io/service-account-token') return ready();
  return at(live, 'data', 'token') === undefined ? waiting('Waiting for the token of the service account') : ready();
};

export const ingress: ReadinessCheck = (live) =>
  listAt(live, 'status', 'loadBalancer', 'ingress').length > 0 ? ready() : waiting('Waiting for the Ingress to get an address');

/** A definition whose names collide never becomes established; the server says so, and objects of it will fail. */
export const definition: ReadinessCheck = (live) => {
  if (stringAt(condition(live, 'Established'), 'status') === 'True') return ready();
  if (stringAt(condition(live, 'NamesAccepted'), 'status') === 'False') return ready();
  return waiting('Waiting for CustomResourceDefinition to be established');
};
