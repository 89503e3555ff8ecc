/**
 * When pods, jobs and what makes pods count as started.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
import { isManifest, at, listAt, type Manifest, namespaceOf, numberAt, scalarText, stringAt } from '../objects/manifest';
import { condition, isObserved, ready, type ReadinessCheck, type Surroundings, waiting } from './readiness';

/** Why pods of a selector do not run: reasons of waiting containers and unmet conditions. */
async function podTrouble(owner: Manifest, around: Surroundings): Promise<string> {
  const labels = at(owner, 'spec', 'selector', 'matchLabels');
  if (!isManifest(labels)) return '';
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${scalarText(value)}`)
    .join(',');
  const example = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: namespaceOf(owner) } };
  const pods = await around.list(example, { labelSelector });
  const lines = pods.flatMap(containerTrouble);
  return [...new Set(lines)].slice(0, 5).join('; ');
}

function containerTrouble(pod: Manifest): string[] {
  const waitingContainers = listAt(pod, 'status', 'containerStatuses').filter(
    (each) => at(each, 'state', 'waiting') !== undefined,
  );
  const scheduled = condition(pod, 'PodScheduled');
  const unscheduled = stringAt(scheduled, 'status') === 'False' ? [stringAt(scheduled, 'message')] : [];
  return [
    ...unscheduled,
    ...waitingContainers.map((each) => {
      const [reason, message] = [stringAt(each, 'state', 'waiting', 'reason'), stringAt(each, 'state', 'waiting', 'message')];
      return `container ${stringAt(each, 'name')}: ${reason}${message === '' ? '' : ` ${message}`}`;
    }),
  ];
}

export const deployment: ReadinessCheck = async (live, around) => {
  if (at(live, 'status', 'observedGeneration') === undefined || !isObserved(live)) {
    return waiting('[1/2] Waiting for app ReplicaSet to be available');
  }
  if (at(live, 'spec', 'paused') === true) return ready();
  const wanted = numberAt(live, 'spec', 'replicas') ?? 1;
  const [updated, total, available] = ['updatedReplicas', 'replicas', 'availableReplicas'].map(
    (field) => numberAt(live, 'status', field) ?? 0,
  ) as [number, number, number];
  if (updated >= wanted && total <= updated && available >= updated) return ready('Deployment initialization complete');
  const trouble = await podTrouble(live, around);
  return waiting(
    `[1/2] Waiting for app ReplicaSet to be available (${available}/${wanted} Pods available)${trouble && `: ${trouble}`}`,
  );
};

export const statefulSet: ReadinessCheck = async (live, around) => {
  if (at(live, 'status', 'observedGeneration') === undefined || !isObserved(live)) return waiting('Waiting for the controller');
  const wanted = numberAt(live, 'spec', 'replicas') ?? 1;
  const count = numberAt(live, 'status', 'readyReplicas') ?? 0;
  const rolledOut = stringAt(live, 'status', 'currentRevision') === stringAt(live, 'status', 'updateRevision');
  if (count >= wanted && (rolledOut || stringAt(live, 'spec', 'updateStrategy', 'type') === 'OnDelete')) return ready();
  const trouble = await podTrouble(live, around);
  return waiting(`[1/3] Waiting for StatefulSet to create Pods (${count}/${wanted} Pods ready)${trouble && `: ${trouble}`}`);
};

export const daemonSet: ReadinessCheck = async (live, around) => {
  if (at(live, 'status', 'observedGeneration') === undefined || !isObserved(live)) return waiting('Waiting for the controller');
  const wanted = numberAt(live, 'status', 'desiredNumberScheduled') ?? 0;
  const updated = numberAt(live, 'status', 'updatedNumberScheduled') ?? 0;
  const available = numberAt(live, 'status', 'numberAvailable') ?? 0;
  if (available >= wanted && (updated >= wanted || stringAt(live, 'spec', 'updateStrategy', 'type') === 'OnDelete'))
    return ready();
  const trouble = await podTrouble(live, around);
  return waiting(`Waiting for DaemonSet Pods (${available}/${wanted} available)${trouble && `: ${trouble}`}`);
};

export const pod: ReadinessCheck = (live) => {
  if (stringAt(condition(live, 'Ready'), 'status') === 'True' || stringAt(live, 'status', 'phase') === 'Succeeded')
    return ready();
  const trouble = containerTrouble(live).join('; ');
  return waiting(trouble || stringAt(condition(live, 'Ready'), 'message') || 'Waiting for Pod to be ready');
};

export const job: ReadinessCheck = async (live, around) => {
  if (stringAt(condition(live, 'Complete'), 'status') === 'True') return ready();
  const failed = condition(live, 'Failed');
  if (stringAt(failed, 'status') === 'True') {
    return { ready: false, hopeless: true, message: `[${stringAt(failed, 'reason')}] ${stringAt(failed, 'message')}` };
  }
  const trouble = await podTrouble(live, around);
  return waiting(trouble || `Waiting for Job to complete (${numberAt(live, 'status', 'active') ?? 0} active)`);
};
