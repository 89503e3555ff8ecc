/** What the cluster says of itself, and whether its node is there. */
import { nodeName } from '../addresses';
import { kubectl } from './kubectl';

/** The deploy program applies an environment only to the cluster that carries its name. */
export async function labelCluster(): Promise<void> {
  const annotation = 'cloud-services-buildpacks.toolforge.org/environment=local';
  await kubectl('annotate', '--overwrite', 'namespace', 'kube-system', annotation);
}

/** The node is Ready, by a lease that the running kubelet has renewed, not by one that its predecessor left. */
export async function probeNode(since: Date): Promise<void> {
  const lease = await kubectl('--namespace=kube-node-lease', 'get', 'lease', nodeName, '--output=jsonpath={.spec.renewTime}');
  if (!(Date.parse(lease) >= since.getTime())) throw new Error('the kubelet has not renewed its lease yet');
  const ready = await kubectl('get', 'node', nodeName, '--output=jsonpath={.status.conditions[?(@.type=="Ready")]}');
  const { status, message } = JSON.parse(ready) as { status: string; message: string };
  if (status !== 'True') throw new Error(message);
}
