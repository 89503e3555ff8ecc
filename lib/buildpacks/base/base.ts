import { Construct, type IConstruct } from 'constructs';
import { addressOf } from '../../registry/address';
import { type IImage, ImportedImage } from '../../registry/image';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import type { BuildPipelines } from '../build-pipelines';
import {
  fallbackProblems,
  type Fallbacks,
  lockArguments,
  type LockedPackages,
  missingBasePackages,
  packageProblems,
} from '../debian/locked-packages';
import { layersArgument, layersIdentity } from '../layers/dividing';
import { imageLayers } from '../layers/image-layers';
import type { LayerPlan } from '../layers/layer-plan';
import type { StackLock } from '../stack/lock-file';
import type { ImageSettings } from '../stack/stack-image';
import { PATH, type Suite } from '../target';
import { BASE_SCRIPTS } from './base-pipeline';

/** What it has beside packages. */
const SETTINGS = {
  environment: { PATH },
  labels: {},
  user: '',
} as const satisfies Pick<ImageSettings, 'environment' | 'labels' | 'user'>;

/** The distro root filesystem on which stacks stand. */
export interface IBase extends IConstruct {
  readonly suite: Suite;
  /** Packages that it has beyond the essential ones and apt. */
  readonly packages: readonly string[];
  readonly image: IImage;
  /** What makes everything that stands on it. */
  readonly pipelines: BuildPipelines;
  /** Its exact packages. Undefined for an image: its packages are its maker's, and in no lock of ours. */
  readonly lock: LockedPackages | undefined;
  /** What locks of the stacks on it may fall back to. */
  readonly fallbacks: Fallbacks;
  /** Which packages share a layer in it and in images of the stacks on it. Undefined where each is of one layer. */
  readonly layers: LayerPlan | undefined;
}

interface CommonProps {
  readonly pipelines: BuildPipelines;
  /** The release; of a base that is made, updates and security updates are always part of it. */
  readonly suite: Suite;
  /** Names of Debian packages beyond the essential ones and apt: what is put in, or what the image is known to have. */
  readonly packages: readonly string[];
  /** What locks may fall back to, of the base and of all that stands on it, by source package. @default - nothing */
  readonly fallbacks?: Fallbacks;
  /** Which packages share a layer in it and in the images of all that stands on it, from `csb lock`. @default - none: such an image is of one layer */
  readonly layers?: LayerPlan;
}

/** What a base is made of: packages, or an image. */
export type BaseProps = CommonProps &
  (
    | {
        /** Made from Debian packages by mmdebstrap. */
        readonly kind: 'debian';
        /** The base's name in the registry: `platform/<name>`. A DNS label. */
        readonly name: string;
        /** The lock of the stack that stands on it, from `csb lock`: its part `base`. */
        readonly lock: Pick<StackLock, 'stack' | 'base'>;
      }
    | {
        /** An image that somebody else makes, such as Toolforge's own of the release. It has apt, dpkg, bash, find, tar and awk. */
        readonly kind: 'image';
        /** `<registry>/<repository>@sha256:...`. Another digest is another base: everything on it is made anew, or rebased. */
        readonly image: string;
      }
  );

/**
 * A base: made from Debian packages, or an image by digest.
 *
 * @example
 * ```ts
 * const base = new Base(this, 'base', {
 *   kind: 'debian',
 *   name: 'bookworm',
 *   suite: 'bookworm',
 *   packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
 *   lock,
 *   pipelines,
 * });
 * ```
 * Names that are none of packages, and a lock that lacks them, are said at synth.
 *
 * @throws Error for an image that is named by a tag
 */
export class Base extends Construct implements IBase {
  readonly suite: Suite;
  readonly packages: readonly string[];
  readonly image: IImage;
  readonly pipelines: BuildPipelines;
  readonly lock: LockedPackages | undefined;
  readonly fallbacks: Fallbacks;
  readonly layers: LayerPlan | undefined;

  constructor(scope: Construct, id: string, props: BaseProps) {
    super(scope, id);
    this.suite = props.suite;
    this.packages = props.packages;
    this.fallbacks = props.fallbacks ?? {};
    this.layers = props.layers;
    this.pipelines = props.pipelines;
    this.lock = props.kind === 'debian' ? (props.lock.base ?? {}) : undefined;
    const problems = (): string[] => [
      ...packageProblems(this.packages),
      ...fallbackProblems(this.fallbacks),
      ...(props.kind === 'debian' ? missingBasePackages(this.packages, props.lock) : []),
    ];
    this.node.addValidation({ validate: () => problems().map((each) => `${this.node.path}: ${each}`) });
    if (props.kind === 'image') {
      this.image = new ImportedImage(this, 'image', props.image);
      return;
    }
    const { kind, name, suite, packages, pipelines } = props;
    const lock = props.lock.base ?? {};
    const sorted = [...packages].sort();
    const layers = imageLayers(this.layers?.layers ?? [], lock);
    // Not the mirror that serves the packages, nor the registry that takes the image.
    const address = addressOf({
      kind,
      suite,
      packages: sorted,
      lock,
      layers: layersIdentity(layers),
      settings: SETTINGS,
      recipe: [BASE_SCRIPTS.rootFilesystem, BASE_SCRIPTS.assemble, REGISTRY_SCRIPTS.push],
    });
    const { registry } = pipelines.props;
    this.image = pipelines.base.make(this, 'image', {
      name: `${name}-base`,
      repository: registry.repository(`platform/${name}`),
      address,
      params: {
        suite,
        packages: sorted.join(','),
        settings: JSON.stringify(SETTINGS),
        layers: layersArgument(layers),
        ...lockArguments(lock),
      },
      from: [],
    });
  }
}
