import type * as pulumi from '@pulumi/pulumi';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { argumentOf } from '../tekton/pipeline-run';
import type { RunOutcome } from './run-outcome';

/** An image that tools use. */
export interface PublicImageOutput {
  /** The tag by which tools use it. */
  readonly public: string;
  /** The same image by digest, as this deployment made or found it. */
  readonly immutable: string;
}

/** What `pulumi stack output --json` says of an environment. */
export interface DeploymentOutputs {
  /** What each run reported, by construct path. */
  readonly runs: Readonly<Record<string, pulumi.Output<RunOutcome>>>;
  /** The images with a public tag, by their name in the registry, such as `tool-a/web`. */
  readonly images: Readonly<Record<string, pulumi.Output<PublicImageOutput>>>;
  /** The Tekton pipelines, as `<namespace>/<name>`. */
  readonly pipelines: readonly string[];
  /** The registry's host, with its port if it is another than 443. */
  readonly registry: string;
}

/** What a deployment tells of the objects that it made. */
export function outputsOf(
  objects: readonly SynthesizedObject[],
  runs: DeploymentOutputs['runs'],
  registry: string,
): DeploymentOutputs {
  const images = objects.flatMap(({ path, manifest }) => {
    const run = runs[path];
    const reference = publicReference(manifest);
    if (run === undefined || reference === undefined) return [];
    const name = reference.slice(reference.indexOf('/') + 1, reference.lastIndexOf(':'));
    return [[name, run.apply(({ image }) => ({ public: reference, immutable: withoutTag(image) }))] as const];
  });
  const pipelines = objects
    .filter(({ manifest: { apiVersion, kind } }) => kind === 'Pipeline' && apiVersion.startsWith('tekton.dev/'))
    .map(({ manifest: { metadata } }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  return { runs, images: Object.fromEntries(images), pipelines: pipelines.sort(), registry };
}

/** The tag that a run moves last, which is the one that tools use: such runs have the parameters `repository` and `tags`. */
export function publicReference(manifest: Manifest): string | undefined {
  const [repository = '', tags = ''] = [argumentOf(manifest, 'repository'), argumentOf(manifest, 'tags')];
  const tag = tags.split(' ').at(-1) ?? '';
  return repository === '' || tag === '' ? undefined : `${repository}:${tag}`;
}

/** `registry:5000/x:c-1@sha256:...` without `:c-1`: with a digest, the tag says nothing. */
const withoutTag = (image: string): string => image.replace(/:[^:/@]+@/, '@');
