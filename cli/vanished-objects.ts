import type { Deployment, Stack } from '@pulumi/pulumi/automation';
import type { Cluster } from '../lib/deploy/cluster';
import type { Manifest } from '../lib/synth/synthesized';
import { objectKey } from '../lib/synth/validation';
import { resourcesOf } from './state';

/** What ends by itself, and may be removed then: that it is gone is no reason to do it again. */
const ENDING = new Set(['PipelineRun', 'TaskRun', 'Job', 'Pod']);

interface Recorded {
  readonly urn: string;
  readonly manifest: Manifest;
}

/**
 * Has Pulumi forget objects that its state has and the cluster lacks: somebody removed them by hand. Pulumi's provider can neither leave them
 * alone nor change them; forgotten, they are made again if they are declared.
 *
 * @param cluster - which must be known to be the environment's own: in another one, everything has vanished
 * @returns whether the state has changed
 */
export async function forgetVanished(stack: Stack, state: Deployment, cluster: Pick<Cluster, 'absentOf'>): Promise<boolean> {
  const vanished = await cluster.absentOf(lastingObjects(state));
  if (vanished.length === 0) return false;
  for (const { manifest } of vanished) console.error(`${objectKey(manifest)} has been removed from the cluster by somebody`);
  await stack.refresh({ target: vanished.map(({ urn }) => urn), suppressOutputs: true, suppressProgress: true });
  return true;
}

/** The objects in a state that should be in the cluster; also those which end by themselves, if Pulumi waits for their end still. */
export function lastingObjects(state: Deployment): Recorded[] {
  return resourcesOf(state).flatMap(({ urn, inputs, outputs, initErrors = [] }) => {
    if (inputs === undefined || (ENDING.has(inputs.kind) && initErrors.length === 0)) return [];
    // The state may hold another attempt of a run than the inputs name.
    const name = outputs?.metadata?.name ?? inputs.metadata.name;
    return [{ urn, manifest: { ...inputs, metadata: { ...inputs.metadata, name } } }];
  });
}
