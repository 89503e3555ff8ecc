import type { Construct } from 'constructs';
import { addressOf } from '../../registry/address';
import type { IImage } from '../../registry/image';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import type { BuildPipelines } from '../build-pipelines';
import { CNB_USER } from '../build-user';
import { lockArguments, type LockedPackages } from '../debian/locked-packages';
import { layersArgument, layersIdentity } from '../layers/dividing';
import { imageLayers } from '../layers/image-layers';
import type { LayerPlan } from '../layers/layer-plan';
import { buildImageProblems, runImageProblems, stackImagesProblems } from '../specification/images';
import type { Suite } from '../target';
import type { FacadeProgram } from './facade';
import type { LockedStack } from './lock';
import { STACK_SCRIPTS } from './stack-pipeline';

/** What the images of a stack are made from. */
interface ImageSource extends LockedStack, Construct {
  readonly name: string;
  readonly suite: Suite;
  readonly pipelines: BuildPipelines;
  readonly layers: LayerPlan | undefined;
  readonly lockedPackages: LockedPackages;
}

/** What is set up in an image beside its packages. */
export interface ImageSettings {
  readonly users: readonly { readonly name: string; readonly uid: number; readonly home: string }[];
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, FacadeProgram>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `uid:gid` */
  readonly user: string;
}

/** What only the run image has. */
interface RunImageProps extends Pick<ImageSettings, 'files' | 'links' | 'programs'> {
  readonly user: number;
}

/** The run image: what the stack stands on, with its packages, files, links and programs. */
export function runSettings(stack: ImageSource, { user, ...inside }: RunImageProps): ImageSettings {
  return {
    users: [],
    ...inside,
    environment: stack.environment,
    labels: { ...labelsOf(stack, 'run'), 'io.buildpacks.rebasable': 'true' },
    user: `${user}:${user}`,
  };
}

/** The build image: the run image with more packages, and with the user of builds. */
export function buildSettings(stack: ImageSource): ImageSettings {
  return {
    users: [CNB_USER],
    files: {},
    links: {},
    programs: {},
    environment: {
      ...stack.environment,
      CNB_USER_ID: String(CNB_USER.uid),
      CNB_GROUP_ID: String(CNB_USER.uid),
      CNB_STACK_ID: stackId(stack),
    },
    labels: labelsOf(stack, 'build'),
    user: `${CNB_USER.uid}:${CNB_USER.uid}`,
  };
}

/** What the specification finds wrong with both images of a stack. */
export function imagesProblems({ target }: ImageSource, run: ImageSettings, build: ImageSettings): readonly string[] {
  const [runData, buildData] = [
    { ...run, target },
    { ...build, target },
  ];
  return [
    ...runImageProblems(runData),
    ...buildImageProblems(buildData),
    ...stackImagesProblems({ run: runData, build: buildData }),
  ];
}

/** Declares an image of a stack, made in another. */
export function makeStackImage(stack: ImageSource, role: 'run' | 'build', settings: ImageSettings, on: IImage): IImage {
  const { registry } = stack.pipelines.props;
  const packages = stack.packages[role];
  const lock: LockedPackages = stack.lock[role];
  const name = `${stack.name}-${role}`;
  const layers = imageLayers(
    stack.layers?.layers ?? [],
    role === 'run' ? stack.lockedPackages : { ...stack.lockedPackages, ...lock },
  );
  return stack.pipelines.stack.make(stack, `${role}-image`, {
    name: `${name}-image`,
    repository: registry.repository(`platform/${name}`),
    address: addressOf({
      packages: [...packages].sort(),
      lock,
      settings,
      layers: layersIdentity(layers),
      parent: on.address,
      recipe: [STACK_SCRIPTS, REGISTRY_SCRIPTS.push],
    }),
    params: {
      parent: on.reference,
      suite: stack.suite,
      settings: JSON.stringify({ ...settings, packages }),
      layers: layersArgument(layers),
      ...lockArguments(lock),
    },
    from: [on],
  });
}

function stackId({ name }: ImageSource): string {
  return `org.toolforge.buildpacks.stack.${name}`;
}

/**
 * What the lifecycle and old buildpacks look at.
 *
 * @see CNB platform 0.15, "Build Image" and "Run Image": io.buildpacks.base.*; io.buildpacks.stack.* is deprecated and still read.
 */
function labelsOf(stack: ImageSource, role: 'run' | 'build'): Record<string, string> {
  const { distro } = stack.target;
  return {
    'io.buildpacks.base.id': `org.toolforge.${stack.name}`,
    'io.buildpacks.base.maintainer': 'Wikimedia Cloud Services',
    'io.buildpacks.base.description': `Toolforge ${stack.name}, ${role} image`,
    'io.buildpacks.base.distro.name': distro.name,
    'io.buildpacks.base.distro.version': distro.version,
    'io.buildpacks.stack.id': stackId(stack),
    'io.buildpacks.stack.mixins': '[]',
  };
}
