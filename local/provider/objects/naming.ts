/**
 * Names of objects that the program did not name, and names of field managers.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
import { createHash, randomBytes } from 'node:crypto';

import { annotation, autonamed, isAnnotated, patchFieldManager, withAnnotation } from './annotations';
import { at, type Manifest, nameOf, withName } from './manifest';
import { fieldManagerIn } from './checkpoint';
import { type PropertyMap, Unknown } from '../protocol/values';

/** What the engine says about naming; `proposed` is its own name for the resource. */
export type NamingRule =
  { readonly kind: 'provider' } | { readonly kind: 'disabled' } | { readonly kind: 'proposed'; readonly name: string };

/** Managers of plain creates, which the first update takes over. */
export const createManager = 'pulumi-kubernetes';

function suffix(seed: Uint8Array, prefix: string): string {
  if (seed.length === 0) return randomBytes(4).toString('hex');
  return createHash('sha256').update(seed).update(prefix).digest('hex').slice(0, 8);
}

export function isNamed(object: Manifest): boolean {
  return nameOf(object) !== '' || at(object, 'metadata', 'name') instanceof Unknown;
}

export function isGeneratedByServer(object: Manifest): boolean {
  if (isNamed(object)) return false;
  const generate = at(object, 'metadata', 'generateName');
  return generate instanceof Unknown || (typeof generate === 'string' && generate !== '');
}

export function assignName(object: Manifest, resourceName: string, seed: Uint8Array, rule: NamingRule): Manifest {
  if (isNamed(object) || isGeneratedByServer(object)) return object;
  if (rule.kind === 'disabled') throw new Error('autonaming is disabled, resource requires the .metadata.name field to be set');
  const prefix = `${resourceName}-`;
  const name = rule.kind === 'proposed' ? rule.name : prefix + suffix(seed, prefix);
  return withAnnotation(withName(object, name), autonamed, 'true');
}

export function keepAssignedName(object: Manifest, old: Manifest): Manifest {
  if (isNamed(object) || !isAnnotated(old, autonamed)) return object;
  return withAnnotation(withName(object, nameOf(old)), autonamed, 'true');
}

/** The field manager of an object: the program's, else the one in the state, else a new random one. */
export function fieldManagerOf(state: PropertyMap, inputs: Manifest): string {
  const chosen = annotation(inputs, patchFieldManager);
  if (chosen !== '') return chosen;
  return fieldManagerIn(state) ?? `${createManager}-${randomBytes(4).toString('hex')}`;
}
