import type { SynthesizedObject } from '../synth/synthesized';

/** On every deployed object: the construct path that declared it. It is how `up` knows its own objects from others (docs/decisions/0002). */
export const PATH_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/path';
/** On namespace kube-system: the environment that may be applied to the cluster. */
export const ENVIRONMENT_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/environment';
/** One field manager for all: a random one would refuse to go on where a killed `up` stopped. */
const FIELD_MANAGER = 'cloud-services-buildpacks';

/** What deployment adds to an object. None of it stands in dist/. */
export function objectAnnotations({ path, manifest }: SynthesizedObject): Record<string, string> {
  // Whether a tool's own code starts is the tool's affair: `up` does not wait for it, nor fail with it.
  const isOfTool = manifest.metadata.labels?.['toolforge'] === 'tool';
  return {
    [PATH_ANNOTATION]: path,
    'pulumi.com/patchFieldManager': FIELD_MANAGER,
    ...(isOfTool && { 'pulumi.com/skipAwait': 'true' }),
  };
}
