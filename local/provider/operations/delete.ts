/**
 * Deletes an object with its dependents and waits until it is gone. One that is gone already is a success.
 */
import { AwaitError, awaitGone } from '../await/await-object';
import { ApiError, NoMatchError } from '../cluster/api-error';
import { relinquishPatch } from '../cluster/managed-fields';
import type { ObjectStore } from '../cluster/objects';
import { deletionPropagation, isAnnotated, skipAwait, timeoutOf } from '../objects/annotations';
import { fromCheckpoint, initialApiVersionIn, toCheckpoint } from '../objects/checkpoint';
import { gvkOf, idOf, kindOf, type Manifest, parseId, withName } from '../objects/manifest';
import { fieldManagerOf } from '../objects/naming';
import { InitializationFailure } from '../protocol/failures';
import { isPatchResource } from '../protocol/urn';
import { encodeMap, type PropertyMap } from '../protocol/values';
import { type Provider, storeOf } from './provider';

export interface DeleteRequest {
  readonly id: string;
  readonly urn: string;
  readonly properties: PropertyMap;
  readonly timeout: number;
}

/** Kinds whose deletion may go unawaited. */
const skippable = new Set([
  '/Namespace',
  '/Pod',
  '/ReplicationController',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/StatefulSet',
  'batch/Job',
]);

export async function remove(provider: Provider, request: DeleteRequest): Promise<void> {
  const { urn, properties } = request;
  if (provider.reach.kind === 'unreachable') {
    forgetUnreachable(provider, urn, provider.reach.reason);
    return;
  }
  const store = storeOf(provider);
  const { inputs, live } = fromCheckpoint(properties);
  const target = withName(live, parseId(request.id).name);
  const fieldManager = fieldManagerOf(properties, inputs);
  const report = (line: string): void => {
    provider.engine.status(urn, line);
  };
  try {
    if (isPatchResource(urn, kindOf(inputs))) {
      await relinquish(store, target, fieldManager, provider.cancelled);
      return;
    }
    await store.delete(target, deletionPropagation(inputs), provider.cancelled);
    const { group, kind } = gvkOf(inputs);
    if (isAnnotated(inputs, skipAwait) && skippable.has(`${group}/${kind}`)) return;
    await awaitGone(target, { store, seconds: timeoutOf(inputs, request.timeout), cancelled: provider.cancelled, report });
  } catch (error) {
    if (error instanceof NoMatchError || (error instanceof ApiError && error.isNotFound)) return;
    if (!(error instanceof AwaitError)) throw error;
    const initialApiVersion = initialApiVersionIn(properties, inputs);
    const state = toCheckpoint({ inputs, live: error.live, initialApiVersion, fieldManager }, properties);
    throw new InitializationFailure(error.message, error.reasons, {
      id: idOf(error.live),
      properties: encodeMap(state, provider.keepSecrets),
    });
  }
}

async function relinquish(store: ObjectStore, target: Manifest, fieldManager: string, signal: AbortSignal): Promise<void> {
  const live = await store.get(target, signal);
  const patch = relinquishPatch(live, fieldManager);
  if (patch !== undefined) await store.patchJson(live, patch, signal);
}

function forgetUnreachable(provider: Provider, urn: string, reason: string): void {
  provider.engine.log(urn, 'warning', `configured Kubernetes cluster is unreachable: ${reason}`);
  if (provider.settings.deleteUnreachable) {
    provider.engine.log(urn, 'info', '`deleteUnreachable` is enabled: deleting the unreachable resource from Pulumi state');
    return;
  }
  throw new Error(
    'configured Kubernetes cluster is unreachable. If the cluster was deleted, you can remove this resource from Pulumi state by ' +
      'rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
  );
}
