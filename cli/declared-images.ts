import { PlatformImage } from '../lib/images/platform-image';
import { readSettings, type Settings } from '../lib/settings/settings';
import type { EnvironmentApp } from '../lib/synth/app';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { declareEnvironment } from '../stacks/environment';
import { imageOfTheWay } from './images-of-the-way';
import { csb } from './csb';
import { synthesizeApp } from '../stacks/synthesize-environment';

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
  return runsOf(declareEnvironment(environment, settings));
}

/**
 * By which references people get the images that an environment makes.
 *
 * @param root - the folder of the repository
 */
export function publicReferences(root: string, environment: string): string[] {
  return PlatformImage.allOf(declareEnvironment(environment, readSettings(root, environment))).map((image) => image.public);
}

/**
 * The platform images of an environment.
 *
 * @param name - only this one, with or without the `toolforge-` of its repository
 * @throws Error for one that is not made here, with why
 */
export function declaredImages(environment: string, settings: Settings, name?: string): DeclaredImage[] {
  const app = declareEnvironment(environment, settings);
  const runs = runsOf(app);
  const images = PlatformImage.allOf(app).flatMap((image) => {
    const run = runs.find(({ path }) => path.startsWith(`${image.node.path}/`));
    return run === undefined ? [] : [{ name: image.name, reference: image.reference, run }];
  });
  const wanted = images.filter((image) => name === undefined || `toolforge-${image.name}` === name || image.name === name);
  if (wanted.length > 0) return wanted;
  // One that is gone, or that never was, is said here.
  const { name: found, image, lacks } = imageOfTheWay(environment, settings, name ?? '');
  if (image !== undefined)
    throw new Error(`'${found}' is not made here: families in Pulumi.${environment}.yaml leaves its family out`);
  throw new Error(
    `nothing declares '${found}'${lacks === undefined ? '' : ` here, since Pulumi.${environment}.yaml names no mirror.${lacks}`}; ` +
      `what its next step is: ${csb(environment, `migrate ${found}`)}`,
  );
}

function runsOf(app: EnvironmentApp): SynthesizedObject[] {
  return synthesizeApp(app).objects.filter(({ manifest }) => manifest.kind === 'PipelineRun');
}
