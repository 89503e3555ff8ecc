import type { SynthesizedObject } from '../synth/synthesized';

/**
 * On every deployed object: the construct path that first declared it. It is how `up` knows its own objects from others
 * (docs/decisions/0002). A rename with an alias does not change it (docs/decisions/0007).
 */
export const PATH_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/path';
/** On namespace kube-system: the environment that may be applied to the cluster. */
export const ENVIRONMENT_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/environment';
/** One field manager for all: a random one would refuse to go on where a killed `up` stopped. */
export const FIELD_MANAGER = 'cloud-services-buildpacks';

/**
 * What deployment adds to an object. None of it stands in dist/.
 *
 * @param origin - the construct path that first declared the object
 */
export function objectAnnotations({ manifest }: Pick<SynthesizedObject, 'manifest'>, origin: string): Record<string, string> {
  // Whether a tool's own code starts is the tool's affair: `up` does not wait for it, nor fail with it.
  const isOfTool = manifest.metadata.labels?.['toolforge'] === 'tool';
  return {
    [PATH_ANNOTATION]: origin,
    'pulumi.com/patchFieldManager': FIELD_MANAGER,
    ...(isOfTool && { 'pulumi.com/skipAwait': 'true' }),
  };
}
