/**
 * The annotations by which a program steers the provider.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#pulumi-annotations
 */
import { at, isManifest, type Manifest, stringAt } from './manifest';

export const autonamed = 'pulumi.com/autonamed';
export const skipAwait = 'pulumi.com/skipAwait';
export const waitFor = 'pulumi.com/waitFor';
export const timeoutSeconds = 'pulumi.com/timeoutSeconds';
export const replaceUnready = 'pulumi.com/replaceUnready';
export const patchForce = 'pulumi.com/patchForce';
export const patchFieldManager = 'pulumi.com/patchFieldManager';
export const deletionPropagationPolicy = 'pulumi.com/deletionPropagationPolicy';

export function annotation(object: Manifest, key: string): string {
  return stringAt(object, 'metadata', 'annotations', key);
}

export function isAnnotated(object: Manifest, key: string): boolean {
  return annotation(object, key) === 'true';
}

export function withAnnotation(object: Manifest, key: string, value: string): Manifest {
  const metadata = at(object, 'metadata');
  const annotations = at(object, 'metadata', 'annotations');
  if (metadata !== undefined && !isManifest(metadata)) return object;
  if (annotations !== undefined && !isManifest(annotations)) return object;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [key]: value } } };
}

/** Seconds to wait: the request's (customTimeouts), else the annotation's, else ten minutes. */
export function timeoutOf(object: Manifest, requested: number): number {
  if (requested > 0) return requested;
  const seconds = Number.parseInt(annotation(object, timeoutSeconds), 10);
  return Number.isNaN(seconds) ? 600 : seconds;
}

/** How dependents of a deleted object go; foreground unless told otherwise. */
export function deletionPropagation(object: Manifest): 'Orphan' | 'Background' | 'Foreground' {
  switch (annotation(object, deletionPropagationPolicy).toLowerCase()) {
    case 'orphan':
      return 'Orphan';
    case 'background':
      return 'Background';
    default:
      return 'Foreground';
  }
}
