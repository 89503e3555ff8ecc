/**
 * The shape of a resource in Pulumi's state: the live object, and beside it the inputs, the first apiVersion and the field manager.
 */
import { isPropertyMap, type PropertyMap } from '../protocol/values';
import { apiVersionOf, isManifest, type Manifest, manifestFrom, propertiesFrom } from './manifest';
import { markSecrets } from './secrecy';

const inputsKey = '__inputs';
const initialApiVersionKey = '__initialApiVersion';
const fieldManagerKey = '__fieldManager';

export interface Checkpoint {
  readonly inputs: Manifest;
  readonly live: Manifest;
  readonly initialApiVersion: string;
  readonly fieldManager: string;
}

export function toCheckpoint(checkpoint: Checkpoint, secretsFrom: PropertyMap): PropertyMap {
  return {
    ...markSecrets(propertiesFrom(checkpoint.live), secretsFrom),
    [inputsKey]: markSecrets(propertiesFrom(checkpoint.inputs), secretsFrom),
    [initialApiVersionKey]: checkpoint.initialApiVersion,
    [fieldManagerKey]: checkpoint.fieldManager,
  };
}

export function fieldManagerIn(state: PropertyMap): string | undefined {
  const value = state[fieldManagerKey];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function initialApiVersionIn(state: PropertyMap, inputs: Manifest): string {
  const value = state[initialApiVersionKey];
  return typeof value === 'string' ? value : apiVersionOf(inputs);
}

/** Inputs and live object of a state; states of very old versions are not read. */
export function fromCheckpoint(state: PropertyMap): { readonly inputs: Manifest; readonly live: Manifest } {
  if (!isPropertyMap(state)) return { inputs: {}, live: {} };
  const { [inputsKey]: inputs, [initialApiVersionKey]: _version, [fieldManagerKey]: _manager, ...live } = manifestFrom(state);
  return { inputs: isManifest(inputs) ? inputs : {}, live };
}
