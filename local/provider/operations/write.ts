/**
 * The requests that create and update one object, as dry run or for good.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';

import { ApiError, NoMatchError } from '../cluster/api-error';
import { adoptionPatch, conflictsOnlyWithAdopted, ownerOf } from '../cluster/managed-fields';
import type { ObjectStore } from '../cluster/objects';
import { isAnnotated, patchForce } from '../objects/annotations';
import {
  at,
  isManifest,
  kindOf,
  listAt,
  type Manifest,
  type ManifestValue,
  nameOf,
  stringAt,
  withName,
} from '../objects/manifest';
import { createManager } from '../objects/naming';
import { isCustomResourceDefinition } from '../objects/normalize';
import { isPatchResource } from '../protocol/urn';
import { alreadyExistsAdvice, explainConflict } from './conflict';
import type { Provider } from './provider';

export interface Write {
  readonly urn: string;
  readonly inputs: Manifest;
  readonly fieldManager: string;
  readonly preview: boolean;
}

/** In a preview the namespace may be about to be created by the same program. */
export class NamespaceToCome extends Error {}

const attempts = 5;

/** Creates the object; namespaces and definitions that are still coming are waited for a little. */
export async function createObject(provider: Provider, store: ObjectStore, write: Write): Promise<Manifest> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createOnce(provider, store, write);
    } catch (error) {
      const missing = error instanceof NoMatchError || (error instanceof ApiError && error.isNotFound);
      if (write.preview && error instanceof ApiError && error.isNamespaceMissing) throw new NamespaceToCome(error.message);
      if (error instanceof ApiError && error.isAlreadyExists && !write.preview) {
        throw new Error(`${error.message}\n\n${alreadyExistsAdvice}`, { cause: error });
      }
      if (!missing || attempt > attempts) throw error;
      provider.engine.status(write.urn, `Retry #${attempt}; creation failed: ${error.message}`);
      await sleep(250 * 2 ** attempt, undefined, { signal: provider.cancelled });
      if (error instanceof NoMatchError) provider.discovery.invalidate();
    }
  }
}

async function createOnce(provider: Provider, store: ObjectStore, write: Write): Promise<Manifest> {
  const { settings, cancelled } = provider;
  const upserts = settings.upsertExistingObjects || isPatchResource(write.urn, kindOf(write.inputs));
  if (!settings.serverSideApply || !upserts) {
    return store.create(write.inputs, { fieldManager: createManager, dryRun: write.preview }, cancelled);
  }
  const options = {
    fieldManager: write.fieldManager,
    dryRun: write.preview,
    force: isForced(provider, write, undefined),
    fieldValidation: 'Warn',
  } as const;
  try {
    return await store.apply(write.inputs, options, cancelled);
  } catch (error) {
    // A preview of a replacement meets the old object: try under a name of its own.
    if (!(write.preview && error instanceof ApiError && error.isImmutableField)) throw explainConflict(error, write.fieldManager);
    const name = `${nameOf(write.inputs)}-${randomBytes(3).toString('hex')}`;
    return store.apply(withName(write.inputs, name), options, cancelled);
  }
}

/** Updates the object that the state describes. */
export async function updateObject(
  provider: Provider,
  store: ObjectStore,
  write: Write & { readonly old: Manifest; readonly ignoreChanges: readonly string[] },
): Promise<Manifest> {
  const { cancelled } = provider;
  let live = await store.get({ ...write.inputs, metadata: { ...metadataOf(write.inputs), name: nameOf(write.old) } }, cancelled);
  const options = { fieldManager: write.fieldManager, dryRun: write.preview };
  if (isCustomResourceDefinition(write.inputs)) {
    const resourceVersion = stringAt(live, 'metadata', 'resourceVersion');
    return store.replace({ ...write.inputs, metadata: { ...metadataOf(write.inputs), resourceVersion } }, options, cancelled);
  }
  const adoption =
    write.preview || isPatchResource(write.urn, kindOf(write.inputs)) ? undefined : adoptionPatch(live, write.fieldManager);
  if (adoption !== undefined) live = await store.patchJson(live, adoption, cancelled);
  const inputs = withIgnoredChanges(write, live);
  try {
    return await store.apply(inputs, { ...options, force: isForced(provider, write, live) }, cancelled);
  } catch (error) {
    throw explainConflict(error, write.fieldManager);
  }
}

function metadataOf(object: Manifest): Manifest {
  const metadata = at(object, 'metadata');
  return isManifest(metadata) ? metadata : {};
}

function isForced(provider: Provider, write: Write, live: Manifest | undefined): boolean {
  if (provider.settings.patchForce || isAnnotated(write.inputs, patchForce)) return true;
  if (write.preview && conflictsOnlyWithAdopted(live)) return true;
  return live !== undefined && listAt(live, 'metadata', 'managedFields').length === 0;
}

/** Ignored fields are left to their owner, or sent as they are where they are ours. */
function withIgnoredChanges(write: Write & { readonly ignoreChanges: readonly string[] }, live: Manifest): Manifest {
  const inputs = structuredClone(write.inputs);
  for (const ignored of write.ignoreChanges) {
    const path = ignored.split('.');
    const current = at(live, ...path);
    if (ownerOf(live, path, write.fieldManager) === 'theirs') setAt(inputs, path, undefined);
    else if (current !== undefined) setAt(inputs, path, current);
  }
  return inputs;
}

function setAt(object: Manifest, path: readonly string[], value: ManifestValue | undefined): void {
  const parent = at(object, ...path.slice(0, -1));
  const key = path.at(-1);
  if (!isManifest(parent) || key === undefined) return;
  if (value === undefined) Reflect.deleteProperty(parent, key);
  else parent[key] = value;
}
