/**
 * One form for inputs that mean the same to the server, so that they are no difference.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/ (stringData)
 */
import { at, gvkOf, hasUnknown, isManifest, type Manifest } from './manifest';

const serverOwned = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'uid',
];

function without(object: Manifest, keys: readonly string[]): Manifest {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** The server moves stringData into data and re-encodes data, so both are compared as canonical data. */
function normalizeSecret(secret: Manifest): Manifest {
  const plain = at(secret, 'stringData');
  const encoded = at(secret, 'data');
  const data: Manifest = {};
  if (isManifest(encoded)) {
    for (const [key, value] of Object.entries(encoded)) {
      data[key] = typeof value === 'string' ? Buffer.from(value, 'base64').toString('base64') : value;
    }
  }
  if (!isManifest(plain) || Object.keys(plain).length === 0) return isManifest(encoded) ? { ...secret, data } : secret;
  for (const [key, value] of Object.entries(plain)) data[key] = typeof value === 'string' ? base64(value) : value;
  return { ...without(secret, ['stringData']), data };
}

function normalizeDefinition(definition: Manifest): Manifest {
  const spec = at(definition, 'spec');
  const rest = without(definition, ['status']);
  if (!isManifest(spec) || spec['preserveUnknownFields'] !== false) return rest;
  return { ...rest, spec: without(spec, ['preserveUnknownFields']) };
}

export function isSecret(object: Manifest): boolean {
  const { group, kind } = gvkOf(object);
  return group === '' && kind === 'Secret';
}

export function isCustomResourceDefinition(object: Manifest): boolean {
  const { group, kind } = gvkOf(object);
  return group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}

export function normalize(object: Manifest): Manifest {
  let normal = object;
  if (!hasUnknown(object)) {
    if (isSecret(object)) normal = normalizeSecret(object);
    if (isCustomResourceDefinition(object)) normal = normalizeDefinition(object);
  }
  const metadata = at(normal, 'metadata');
  return isManifest(metadata) ? { ...normal, metadata: without(metadata, serverOwned) } : normal;
}
