/**
 * Updates an object by server-side apply and waits for it. A preview is a dry run of the same request.
 */
import { AwaitError, awaitReady, checkFor } from '../await/await-object';
import { ApiError, NoMatchError } from '../cluster/api-error';
import { relinquishPatch } from '../cluster/managed-fields';
import type { ObjectStore } from '../cluster/objects';
import { timeoutOf } from '../objects/annotations';
import { fromCheckpoint, initialApiVersionIn, toCheckpoint } from '../objects/checkpoint';
import { gvkOf, hasUnknown, idOf, type Manifest, manifestFrom } from '../objects/manifest';
import { fieldManagerOf } from '../objects/naming';
import { normalize } from '../objects/normalize';
import { InitializationFailure } from '../protocol/failures';
import { encodeMap, type PropertyMap } from '../protocol/values';
import { messageOf } from './create';
import { type Provider, storeOf } from './provider';
import { updateObject } from './write';

export interface UpdateRequest {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly timeout: number;
  readonly preview: boolean;
  readonly ignoreChanges: readonly string[];
}

export async function update(provider: Provider, request: UpdateRequest): Promise<PropertyMap> {
  const { urn, olds, news, preview, ignoreChanges } = request;
  const inputs = normalize(manifestFrom(news));
  if (preview && (hasUnknown(inputs) || !(await provider.discovery.exists(gvkOf(inputs))))) return news;

  const store = storeOf(provider);
  const state = fromCheckpoint(olds);
  const formerManager = fieldManagerOf(olds, state.inputs);
  const fieldManager = fieldManagerOf(olds, inputs);
  const outputs = (live: Manifest): PropertyMap =>
    toCheckpoint({ inputs, live, initialApiVersion: initialApiVersionIn(olds, state.inputs), fieldManager }, news);
  let live: Manifest;
  try {
    live = await updateObject(provider, store, { urn, inputs, fieldManager, preview, old: state.live, ignoreChanges });
    const check = preview ? undefined : checkFor(inputs);
    const report = (line: string): void => {
      provider.engine.status(urn, line);
    };
    const seconds = timeoutOf(inputs, request.timeout);
    if (check !== undefined) live = await awaitReady(check, live, { store, seconds, cancelled: provider.cancelled, report });
  } catch (error) {
    if (preview && error instanceof ApiError && error.isForbidden) return news;
    throw await explain(provider, store, urn, state.live, error, outputs);
  }
  if (!preview && formerManager !== fieldManager) {
    const patch = relinquishPatch(live, formerManager);
    if (patch !== undefined) live = await store.patchJson(live, patch, provider.cancelled);
  }
  return outputs(live);
}

async function explain(
  provider: Provider,
  store: ObjectStore,
  urn: string,
  old: Manifest,
  error: unknown,
  outputs: (live: Manifest) => PropertyMap,
): Promise<Error> {
  if (error instanceof NoMatchError) {
    return new Error(
      `update of resource "${urn}" failed because the Kubernetes API server reported that the apiVersion for this resource does ` +
        `not exist. Verify that any required CRDs have been created: ${error.message}`,
      { cause: error },
    );
  }
  let live: Manifest;
  try {
    live = await store.get(old);
  } catch (readError) {
    return new Error(
      `update of resource "${urn}" failed: ${messageOf(error)}\nunable to get cluster state: ${messageOf(readError)}`,
      {
        cause: error,
      },
    );
  }
  return new InitializationFailure(
    `the Kubernetes API server reported that "${idOf(live)}" failed to fully initialize or become live: ${messageOf(error)}`,
    error instanceof AwaitError ? error.reasons : [],
    { id: idOf(live), properties: encodeMap(outputs(live), provider.keepSecrets) },
  );
}
