/**
 * Which kinds are awaited without being told; all others are done when the server has them.
 * @see https://www.pulumi.com/registry/packages/kubernetes/ (await logic)
 */
import { gvkOf, type Manifest, stringAt } from '../objects/manifest';
import {
  definition,
  ingress,
  replicationController,
  resourceQuota,
  secret,
  service,
  volume,
  volumeClaim,
} from './infrastructure';
import { condition, ready, type ReadinessCheck, waiting } from './readiness';
import { daemonSet, deployment, job, pod, statefulSet } from './workloads';

const builtIn: Readonly<Record<string, ReadinessCheck>> = {
  '/PersistentVolume': volume,
  '/PersistentVolumeClaim': volumeClaim,
  '/Pod': pod,
  '/ReplicationController': replicationController,
  '/ResourceQuota': resourceQuota,
  '/Secret': secret,
  '/Service': service,
  'apiextensions.k8s.io/CustomResourceDefinition': definition,
  'apps/DaemonSet': daemonSet,
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'batch/Job': job,
  'networking.k8s.io/Ingress': ingress,
};

const checkedOnRead = new Set([
  '/Pod',
  '/Service',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/StatefulSet',
  'batch/Job',
  'networking.k8s.io/Ingress',
]);

const key = (object: Manifest): string => `${gvkOf(object).group}/${gvkOf(object).kind}`;

export function builtInCheck(object: Manifest): ReadinessCheck | undefined {
  return builtIn[key(object)];
}

/** A refresh records kinds that are not ready as failed to initialize, so that the next update waits for them again. */
export function readCheck(object: Manifest): ReadinessCheck | undefined {
  return checkedOnRead.has(key(object)) ? builtIn[key(object)] : undefined;
}

/** For PULUMI_K8S_AWAIT_ALL: the common conditions that mean "not yet". */
export const anyKind: ReadinessCheck = (live) => {
  const is = (type: string, status: string): boolean => stringAt(condition(live, type), 'status') === status;
  const has = (type: string): boolean => condition(live, type) !== undefined;
  const unready = (has('Ready') && !is('Ready', 'True')) || is('Reconciling', 'True') || is('Stalled', 'True');
  return unready ? waiting('Waiting for readiness') : ready();
};
