import type { Settings } from '../lib/settings/settings';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { IMAGE_ANNOTATION } from '../lib/tekton/pipeline-run';
import { declareEnvironment } from '../stacks/environment';

/** A platform image as an environment declares it. */
export interface DeclaredImage {
  /** `python311-sssd-web` */
  readonly name: string;
  /** The immutable reference. */
  readonly reference: string;
  readonly run: SynthesizedObject;
}

/** The runs of an environment, each after what it depends on. */
export function declaredRuns(environment: string, settings: Settings): SynthesizedObject[] {
  const { objects } = declareEnvironment(environment, settings).synthesize();
  return objects.filter(({ manifest }) => manifest.kind === 'PipelineRun');
}

/**
 * The platform images of an environment.
 *
 * @param name - only this one
 * @throws Error naming those there are
 */
export function declaredImages(environment: string, settings: Settings, name?: string): DeclaredImage[] {
  const images = declaredRuns(environment, settings)
    .filter(({ manifest }) => (manifest['spec'] as { pipelineRef: { name: string } }).pipelineRef.name === 'platform-image')
    .map((run) => ({
      name: run.path.split('/').at(-1) ?? '',
      reference: run.manifest.metadata.annotations?.[IMAGE_ANNOTATION] ?? '',
      run,
    }));
  const wanted = images.filter((image) => name === undefined || image.name === name);
  if (wanted.length > 0) return wanted;
  throw new Error(`there is no image '${name ?? ''}'. There are: ${images.map((image) => image.name).join(', ')}`);
}
