/**
 * The object as it lives: for a refresh, and for imports, where its inputs are made up from it.
 */
import { readCheck } from '../await/built-in';
import { surroundings } from '../await/await-object';
import { ApiError, NoMatchError } from '../cluster/api-error';
import { isAnnotated, skipAwait } from '../objects/annotations';
import { fromCheckpoint, initialApiVersionIn, toCheckpoint } from '../objects/checkpoint';
import {
  at,
  idOf,
  isManifest,
  kindOf,
  type Manifest,
  manifestFrom,
  nameOf,
  namespaceOf,
  parseId,
  propertiesFrom,
} from '../objects/manifest';
import { fieldManagerOf } from '../objects/naming';
import { normalize } from '../objects/normalize';
import { pruneToShape } from '../objects/prune';
import { markSecrets } from '../objects/secrecy';
import { InitializationFailure } from '../protocol/failures';
import { apiVersionFromUrn, gvkFromUrn } from '../protocol/urn';
import { encodeMap, type PropertyMap } from '../protocol/values';
import { type Provider, storeOf } from './provider';

export interface ReadRequest {
  readonly id: string;
  readonly urn: string;
  readonly properties: PropertyMap;
  readonly inputs: PropertyMap;
}
export interface ReadResult {
  readonly id: string;
  readonly properties: PropertyMap;
  readonly inputs: PropertyMap;
}

const gone = undefined;

/** Returns undefined when the object does not exist. */
export async function read(provider: Provider, request: ReadRequest): Promise<ReadResult | undefined> {
  const { urn } = request;
  if (provider.reach.kind === 'unreachable') return readUnreachable(provider, request, provider.reach.reason);
  const store = storeOf(provider);
  const state = fromCheckpoint(request.properties);
  const isImport = Object.keys(request.inputs).length === 0 && kindOf(state.live) === '';
  const oldInputs = identified(request, normalize(manifestFrom(request.inputs)), state.live);

  let live: Manifest;
  try {
    live = await store.get(
      { ...oldInputs, metadata: { ...metadataOf(oldInputs), name: parseId(request.id).name } },
      provider.cancelled,
    );
  } catch (error) {
    if (error instanceof NoMatchError || (error instanceof ApiError && error.isNotFound)) return gone;
    throw error;
  }
  const inputs = isImport ? importedInputs(live) : pruneToShape(live, oldInputs);
  const secretsFrom = request.inputs;
  const result: ReadResult = {
    id: request.id || idOf(live),
    properties: toCheckpoint(
      {
        inputs,
        live,
        initialApiVersion: initialApiVersionIn(request.properties, oldInputs),
        fieldManager: fieldManagerOf(request.properties, oldInputs),
      },
      secretsFrom,
    ),
    inputs: markSecrets(propertiesFrom(inputs), secretsFrom),
  };
  const check = isImport || isAnnotated(oldInputs, skipAwait) ? undefined : readCheck(live);
  const readiness = await check?.(live, surroundings(store, provider.cancelled));
  if (readiness !== undefined && !readiness.ready) {
    throw new InitializationFailure(`Resource '${nameOf(live)}' was created but failed to initialize`, [readiness.message], {
      id: result.id,
      properties: encodeMap(result.properties, provider.keepSecrets),
      inputs: encodeMap(result.inputs, provider.keepSecrets),
    });
  }
  provider.engine.status(urn, '');
  return result;
}

function metadataOf(object: Manifest): Manifest {
  const metadata = at(object, 'metadata');
  return isManifest(metadata) ? metadata : {};
}

function identified(request: ReadRequest, inputs: Manifest, live: Manifest): Manifest {
  const { name, namespace } = parseId(request.id);
  const metadata = metadataOf(inputs);
  const isKnown = kindOf(live) !== '' || kindOf(inputs) !== '';
  const type =
    kindOf(inputs) !== ''
      ? inputs
      : isKnown
        ? live
        : { apiVersion: apiVersionFromUrn(request.urn), kind: gvkFromUrn(request.urn).kind };
  const scoped = namespaceOf(inputs) || namespace;
  return {
    ...inputs,
    apiVersion: type['apiVersion'] ?? '',
    kind: type['kind'] ?? '',
    metadata: { ...metadata, name: nameOf(inputs) || name, ...(scoped === '' ? {} : { namespace: scoped }) },
  };
}

/** What a program could have written to get this object: all of it but what the server adds. */
function importedInputs(live: Manifest): Manifest {
  const { status: _status, ...rest } = normalize(live);
  const annotations = at(rest, 'metadata', 'annotations');
  if (!isManifest(annotations)) return rest;
  const added = ['deployment.kubernetes.io/revision', 'kubectl.kubernetes.io/last-applied-configuration'];
  const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => !added.includes(key)));
  return { ...rest, metadata: { ...metadataOf(rest), annotations: kept } };
}

function readUnreachable(provider: Provider, request: ReadRequest, reason: string): ReadResult | undefined {
  const { engine, settings } = provider;
  engine.log(request.urn, 'warning', `configured Kubernetes cluster is unreachable: ${reason}`);
  if (settings.deleteUnreachable) {
    engine.log(request.urn, 'info', '`deleteUnreachable` is enabled: deleting the unreachable resource from Pulumi state');
    return gone;
  }
  if (settings.skipUpdateUnreachable) return { id: request.id, properties: request.properties, inputs: request.inputs };
  throw new Error(
    'failed to read resource state due to unreachable cluster. If the cluster was deleted, you can remove this resource from ' +
      'Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
  );
}
