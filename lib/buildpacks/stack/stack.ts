import { Construct, type IConstruct } from 'constructs';
import { type IImage, ImportedImage } from '../../registry/image';
import type { IBase } from '../base/base';
import type { BuildPipelines } from '../build-pipelines';
import { type LockedPackages, packageProblems } from '../debian/locked-packages';
import type { LayerPlan } from '../layers/layer-plan';
import { planProblems } from '../layers/plan-problems';
import { imagesOfStack } from '../layers/planned-image';
import { PATH, targetOf, type Suite, type Target } from '../target';
import { contentProblems, environmentProblems, type ImageContent, userProblems } from './image-content';
import { type Facade, facadeParts, facadeTargets, programProblems } from './facade';
import { lockProblems } from './lock';
import type { StackLock } from './lock-file';
import { buildSettings, imagesProblems, makeStackImage, runSettings } from './stack-image';

/** A base plus packages, which gives a run image and a build image of one target. */
export interface IStack extends IConstruct {
  /** A DNS label, such as `bookworm-python311`. */
  readonly name: string;
  readonly suite: Suite;
  readonly target: Target;
  /** The environment of the run image, with PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** What programs built for the stack rely on. */
  readonly abi: StackLock['abi'];
  /** The packages of the run image with their versions, as far as locks name them. */
  readonly lockedPackages: LockedPackages;
  /** Which packages share a layer in its images, and in those of stacks on it. Undefined where each is of one layer. */
  readonly layers: LayerPlan | undefined;
  /** The packages of the run image: those that the locks of the stack and of what it stands on name, or that are known. */
  readonly runPackages: readonly string[];
  /** The same of the build image, which stands on the run image. */
  readonly buildPackages: readonly string[];
  /** Whether these are all: not before the first lock, nor where an image that somebody else has made is below. */
  readonly isWholeKnown: boolean;
  /** The user and group id that the run image declares, and every image on it: a rebase does not change it. */
  readonly user: number;
  /** Files and links of the run image, with those of the stacks below it. */
  readonly content: ImageContent;
  /** What it stands on. Undefined for one that somebody else has made. */
  readonly below: IBase | IStack | undefined;
  /** What platform images stand on. */
  readonly runImage: IImage;
  /** What runtimes are compiled in, and what builders stand on. */
  readonly buildImage: IImage;
  readonly pipelines: BuildPipelines;
}

/** What a stack adds to what it stands on. */
export interface StackProps {
  /** What it stands on: a base, or another stack, in whose run image its own is made. */
  readonly extends: IBase | IStack;
  readonly packages: {
    /** In the run image, and so in the build image as well. */
    readonly run: readonly string[];
    /** In the build image only. @default - none */
    readonly build?: readonly string[];
  };
  /** Variables of the run image's environment, beyond PATH and those of the stack that it extends. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Files of the run image, by their absolute path, readable by everyone. Neither accounts nor programs of the distribution, nor what
   * Kubernetes, Tekton, Toolforge and the lifecycle have in containers.
   *
   * @default - none
   */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * The path facade: links and programs of the run image, by which the paths of legacy images lead to where buildpacks lay the same
   * things, both absolute. A build fails when one would hide a file of a package; where that is known without looking, synthesis ends.
   *
   * @default - none
   */
  readonly facade?: Facade;
  /**
   * The user and group id that the run image declares; pods of tools name their own. A whole number from 1 to 2147483647, and not that of
   * builds. Another one means that images are built again: a rebase would leave the old one in them.
   *
   * @default 65534, Debian's nobody
   * @see CNB platform 0.15, "Run Image"
   */
  readonly user?: number;
  /** The exact packages, from `csb lock`. */
  readonly lock: StackLock;
}

const NOBODY = 65534;

/**
 * A stack. Its construct id is its name, and its images are `platform/<name>-run` and, where something is compiled or built in it,
 * `platform/<name>-build`.
 *
 * What its lock lacks, and what no image can have, is said at synth.
 *
 * @example
 * ```ts
 * const bookworm = new Stack(this, 'bookworm', {
 *   extends: base,
 *   packages: { run: ['curl', 'git'], build: ['build-essential', 'libssl-dev'] },
 *   environment: { LC_ALL: 'en_US.UTF-8' },
 *   lock: readLock('bookworm'),
 * });
 * ```
 */
export class Stack extends Construct implements IStack {
  /** All stacks below a construct, each after the one that it extends, wherever in the tree the two stand. */
  static allOf(root: IConstruct): readonly Stack[] {
    const found = root.node.findAll().filter((each) => each instanceof Stack);
    return found.sort((one, other) => stacksBelow(one) - stacksBelow(other));
  }

  /** A stack whose images another environment, or another project, has made. */
  static fromImages(scope: Construct, id: string, attributes: ImportedStackAttributes): IStack {
    const { suite, abi, packages = [], layers, runImage, buildImage, user = NOBODY, pipelines } = attributes;
    const imported = new Construct(scope, id);
    return Object.assign(imported, {
      name: id,
      suite,
      target: targetOf(suite),
      abi,
      environment: abi.environment,
      lockedPackages: {},
      layers,
      runPackages: packages,
      buildPackages: packages,
      isWholeKnown: false,
      user,
      content: NOTHING,
      below: undefined,
      runImage: new ImportedImage(imported, 'run-image', runImage),
      buildImage: new ImportedImage(imported, 'build-image', buildImage),
      pipelines,
    } satisfies Omit<IStack, keyof IConstruct>);
  }

  readonly name: string;
  readonly suite: Suite;
  readonly target: Target;
  readonly environment: Readonly<Record<string, string>>;
  readonly abi: StackLock['abi'];
  readonly lockedPackages: LockedPackages;
  readonly layers: LayerPlan | undefined;
  readonly runPackages: readonly string[];
  readonly buildPackages: readonly string[];
  readonly isWholeKnown: boolean;
  readonly user: number;
  readonly content: ImageContent;
  readonly runImage: IImage;
  readonly pipelines: BuildPipelines;
  /** The packages that the declaration names. */
  readonly packages: { readonly run: readonly string[]; readonly build: readonly string[] };
  readonly lock: StackLock;
  readonly below: IBase | IStack;
  private madeBuildImage: IImage | undefined;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id);
    const { extends: below, lock } = props;
    this.below = below;
    this.lock = lock;
    this.name = id;
    this.suite = below.suite;
    this.target = targetOf(below.suite);
    this.pipelines = below.pipelines;
    this.packages = { run: props.packages.run, build: props.packages.build ?? [] };
    this.environment = { ...(isStack(below) ? below.environment : { PATH }), ...props.environment };
    this.abi = lock.abi;
    this.lockedPackages = { ...lockedIn(below), ...lock.run };
    this.layers = below.layers;
    this.runPackages = [...packagesOf(below), ...Object.keys(lock.run)];
    this.buildPackages = [...this.runPackages, ...Object.keys(lock.build)];
    const isLocked = lock.abi.distro !== '';
    this.isWholeKnown = isLocked && (isStack(below) ? below.isWholeKnown : below.lock !== undefined);
    this.user = props.user ?? NOBODY;
    const facade = props.facade ?? {};
    const own = { files: props.files ?? {}, links: facadeTargets(facade) };
    const inherited = isStack(below) ? below.content : NOTHING;
    this.content = { files: { ...inherited.files, ...own.files }, links: { ...inherited.links, ...own.links } };
    const run = runSettings(this, { files: own.files, ...facadeParts(facade), user: this.user });
    const build = buildSettings(this);
    this.runImage = makeStackImage(this, 'run', run, isStack(below) ? below.runImage : below.image);
    this.node.addValidation({
      validate: () =>
        [
          ...packageProblems(this.packages.run),
          ...packageProblems(this.packages.build),
          ...lockProblems(this, { packages: packagesOf(below), base: isStack(below) ? undefined : below.lock }),
          ...userProblems(this.user),
          ...environmentProblems(this.environment),
          ...contentProblems(own, inherited),
          // Before the first lock, all that is missing is the lock.
          ...(isLocked ? programProblems(facade, this.runPackages) : []),
          ...imagesProblems(this, run, build),
          ...(isLocked ? layerProblems(this) : []),
        ].map((each) => `${this.node.path}: ${each}`),
    });
  }

  /** Made when a runtime or a builder wants it: many stacks are only stood on. */
  get buildImage(): IImage {
    return (this.madeBuildImage ??= makeStackImage(this, 'build', buildSettings(this), this.runImage));
  }
}

const NOTHING: ImageContent = { files: {}, links: {} };

function packagesOf(below: IBase | IStack): readonly string[] {
  if (isStack(below)) return below.runPackages;
  return below.lock === undefined ? below.packages : Object.keys(below.lock);
}

function lockedIn(below: IBase | IStack): LockedPackages {
  return isStack(below) ? below.lockedPackages : (below.lock ?? {});
}

/** What the layer plan of the release has no place for, in the images that the lock is of. */
function layerProblems({ name, layers, lockedPackages, lock }: Stack): string[] {
  if (layers === undefined) return [];
  const images = imagesOfStack(name, Object.keys(lockedPackages), Object.keys(lock.build));
  return planProblems(layers, images, `the layer plan of ${layers.release}`);
}

/** Whether something stands on a stack or on a base. */
export function isStack(below: IBase | IStack): below is IStack {
  return 'runImage' in below;
}

/** On how many stacks a stack stands. */
function stacksBelow({ below }: IStack): number {
  return below !== undefined && isStack(below) ? 1 + stacksBelow(below) : 0;
}

/** Whether a stack is another one, or stands on it. */
export function standsOn(stack: IStack, other: IStack): boolean {
  for (let each: IBase | IStack | undefined = stack; each !== undefined && isStack(each); each = each.below)
    if (each === other) return true;
  return false;
}

/** What has to be known of a stack that somebody else has made. */
export interface ImportedStackAttributes {
  readonly suite: Suite;
  /** What programs built for it rely on, as its lock says: distro, environment with PATH, shared libraries. */
  readonly abi: StackLock['abi'];
  /** Both by digest: `<registry>/<repository>@sha256:...`. */
  readonly runImage: string;
  readonly buildImage: string;
  /** Names of Debian packages that its run image is known to have. @default - none */
  readonly packages?: readonly string[];
  /** Which packages share a layer in the images of stacks on it. @default - none: these images are of one layer */
  readonly layers?: LayerPlan;
  /** The user id that its run image declares. @default 65534 */
  readonly user?: number;
  /** What makes the stacks and builders that stand on it. */
  readonly pipelines: BuildPipelines;
}
