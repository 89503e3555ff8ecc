/**
 * Creates an object and waits for it. A preview is a dry run on the server wherever the server can judge.
 */
import { AwaitError, awaitReady, checkFor } from '../await/await-object';
import { ApiError, NoMatchError } from '../cluster/api-error';
import { timeoutOf } from '../objects/annotations';
import { toCheckpoint } from '../objects/checkpoint';
import { apiVersionOf, gvkOf, hasUnknown, idOf, kindOf, type Manifest, manifestFrom } from '../objects/manifest';
import { fieldManagerOf } from '../objects/naming';
import { isCustomResourceDefinition } from '../objects/normalize';
import { InitializationFailure } from '../protocol/failures';
import { isPatchResource } from '../protocol/urn';
import { encodeMap, type PropertyMap } from '../protocol/values';
import { type Provider, storeOf } from './provider';
import { createObject, NamespaceToCome } from './write';

export interface CreateRequest {
  readonly urn: string;
  readonly properties: PropertyMap;
  /** Seconds; 0 for none asked. */
  readonly timeout: number;
  readonly preview: boolean;
}
export interface Created {
  readonly id: string;
  readonly properties: PropertyMap;
}

export async function create(provider: Provider, request: CreateRequest): Promise<Created> {
  const { urn, properties, preview } = request;
  const inputs = manifestFrom(properties);
  const unjudged: Created = { id: '', properties };
  if (preview && !(await canPreview(provider, urn, inputs))) return unjudged;

  const store = storeOf(provider);
  const fieldManager = fieldManagerOf(properties, inputs);
  let live: Manifest;
  try {
    live = await createObject(provider, store, { urn, inputs, fieldManager, preview });
  } catch (error) {
    if (preview && isUnjudged(error)) return unjudged;
    throw explain(urn, inputs, error);
  }
  const outputs = (object: Manifest): PropertyMap =>
    toCheckpoint({ inputs, live: object, initialApiVersion: apiVersionOf(inputs), fieldManager }, properties);
  if (preview) {
    const { status: _status, ...withoutStatus } = live;
    return { id: '', properties: outputs(withoutStatus) };
  }
  try {
    const check = checkFor(inputs);
    const report = (line: string): void => {
      provider.engine.status(urn, line);
    };
    const seconds = timeoutOf(inputs, request.timeout);
    if (check !== undefined) live = await awaitReady(check, live, { store, seconds, cancelled: provider.cancelled, report });
  } catch (error) {
    const failure = error instanceof AwaitError ? error : new AwaitError(messageOf(error), live, []);
    throw new InitializationFailure(
      `resource "${urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize ` +
        `or become live: ${failure.message}`,
      failure.reasons,
      { id: idOf(failure.live), properties: encodeMap(outputs(failure.live), provider.keepSecrets) },
    );
  }
  if (isCustomResourceDefinition(inputs)) provider.discovery.invalidate();
  provider.engine.status(urn, '');
  return { id: idOf(live), properties: outputs(live) };
}

async function canPreview(provider: Provider, urn: string, inputs: Manifest): Promise<boolean> {
  if (!provider.settings.serverSideApply || hasUnknown(inputs) || isPatchResource(urn, kindOf(inputs))) return false;
  return provider.discovery.exists(gvkOf(inputs));
}

/** Where a dry run says nothing about the real thing: no rights, no namespace yet, or an object that a replacement will remove first. */
function isUnjudged(error: unknown): boolean {
  if (error instanceof NamespaceToCome) return true;
  return error instanceof ApiError && (error.isForbidden || error.isDryRunRefused || error.isAlreadyExists);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function explain(urn: string, inputs: Manifest, error: unknown): Error {
  if (error instanceof NoMatchError) {
    return new Error(
      `creation of resource "${urn}" with kind ${apiVersionOf(inputs)}/${kindOf(inputs)} failed because the Kubernetes API server ` +
        `reported that the apiVersion for this resource does not exist. Verify that any required CRDs have been created: ${error.message}`,
      { cause: error },
    );
  }
  return new Error(`resource "${urn}" was not successfully created by the Kubernetes API server: ${messageOf(error)}`, {
    cause: error,
  });
}
