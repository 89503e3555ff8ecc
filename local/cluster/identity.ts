/** What the cluster says of itself, and whether its node is there. */
import { ENVIRONMENT_ANNOTATION } from '../../lib/deploy/annotations';
import { nodeName } from '../addresses';
import { kubectl } from './kubectl';

/** The deploy program applies an environment only to the cluster that carries its name. */
export async function labelCluster(): Promise<void> {
  await kubectl('annotate', '--overwrite', 'namespace', 'kube-system', `${ENVIRONMENT_ANNOTATION}=local`);
}

/** Says that the node has what pods of tools mount, which is what their node selector asks for. */
export async function labelNode(): Promise<void> {
  // By the API: what the kubelet is told only counts when it makes its Node, not when it finds one.
  await kubectl('label', '--overwrite', 'node', nodeName, 'kubernetes.wmcloud.org/nfs-mounted=true');
}

/**
 * The node is Ready, by a word of the running kubelet, not by one that its predecessor left in the API server.
 *
 * The kubelet renews its lease every ten seconds, to the microsecond; it writes its conditions every five minutes only, to the second.
 */
export async function probeNode(since: Date): Promise<void> {
  const renewed = await kubectl('get', 'lease', nodeName, '--namespace=kube-node-lease', '--output=jsonpath={.spec.renewTime}');
  if (Date.parse(renewed) < since.getTime()) throw new Error('the kubelet has not reported since it started');
  const ready = await kubectl('get', 'node', nodeName, '--output=jsonpath={.status.conditions[?(@.type=="Ready")]}');
  const { status, message } = JSON.parse(ready) as Record<'status' | 'message', string>;
  if (status !== 'True') throw new Error(message);
}
