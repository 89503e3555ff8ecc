import { podSpecsOf } from '../synth/pod-specs';
import type { SynthesizedObject } from '../synth/synthesized';
import type { Policy, PolicyContext, Violation } from './policy';
import { imagesOfRun, unknownParts } from './run-images';
import { isOfTool } from './tool-pods';

/** Which images may be run. */
export interface ImageRules {
  /** The registries whose images pods may run: host and port, `docker-registry.svc.toolforge.org`. */
  readonly registries: readonly string[];
  /**
   * Where this project alone pushes, so that a tag that is an address is never moved: `<host>/platform`, or `<host>/<prefix>/platform`.
   * Elsewhere such a tag is one as any other.
   */
  readonly addressed: string;
  /** Images that may be run by just this reference: what `csb bootstrap` pins in the settings. @default - none */
  readonly exactly?: readonly string[];
}

const DIGEST = /@sha256:[0-9a-f]{64}$/;
// The address of what the image is made of (docs/decisions/0001).
const ADDRESS = /:c-[0-9a-f]{16}(-r[0-9a-f]+)?$/;

/**
 * Images come from these registries, by digest, or by address where addresses are ours. The pods of tools name public tags, as `webservice`
 * does. An image that a task takes as a parameter is held to the same where a run gives it. Of a pipeline or task that others declare nobody
 * knows the images: whoever runs one waives this, and says why it may be trusted.
 */
export function images({ registries, addressed, exactly = [] }: ImageRules): Policy {
  const named = new Set(exactly);
  const prefixes = registries.map((registry) => `${registry}/`);
  const wrong = (image: string, publicTags: boolean): string | undefined => {
    if (named.has(image)) return undefined;
    if (!prefixes.some((prefix) => image.startsWith(prefix)))
      return `comes from none of the allowed registries (${registries.join(', ')})`;
    if (publicTags || DIGEST.test(image) || (ADDRESS.test(image) && image.startsWith(`${addressed}/`))) return undefined;
    return `can be moved: name it by digest or, in ${addressed}/, by address (:c-<16 hex digits>)`;
  };
  return {
    name: 'images',
    rule: 'Pods run images of the allowed registries, by digest or address; only those of tools name public tags.',
    check: (object, context) => [...own(object, wrong), ...given(object, context, wrong), ...unknown(object, context)],
  };
}

type Wrong = (image: string, publicTags: boolean) => string | undefined;

function own({ manifest }: SynthesizedObject, wrong: Wrong): readonly Violation[] {
  return podSpecsOf(manifest).flatMap((pod) =>
    pod.containers.flatMap(({ name = '', image = '' }) => {
      if (/^\$\(params\.[^()]+\)$/.test(image)) return [];
      const words = wrong(image, isOfTool(manifest, pod));
      return words === undefined ? [] : [{ container: name, message: `the image '${image}' of ${pod.noun} '${name}' ${words}` }];
    }),
  );
}

function given({ manifest }: SynthesizedObject, { objects }: PolicyContext, wrong: Wrong): readonly Violation[] {
  return imagesOfRun(manifest, objects).flatMap(({ task, step, image }) => {
    const words = image === undefined ? 'is given by nothing; pass the parameter' : wrong(image, false);
    return words === undefined ? [] : [{ message: `the image '${image ?? ''}' of step '${step}' in task '${task}' ${words}` }];
  });
}

function unknown({ manifest }: SynthesizedObject, { objects }: PolicyContext): readonly Violation[] {
  return unknownParts(manifest, objects).map((part) => ({
    message: `it runs ${part}, which is not declared here, so nobody knows its images; declare it, or waive 'images' and say why it may run`,
  }));
}
