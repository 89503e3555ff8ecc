import { Construct, type IConstruct } from 'constructs';
import { addressOf } from '../../registry/address';
import { type IImage, ImportedImage } from '../../registry/image';
import { repositoryOf, versionIn } from '../../registry/image-reference';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import type { Buildpack } from '../buildpack/buildpack';
import type { IRuntime } from '../runtime/runtime';
import type { IStack } from '../stack/stack';
import { lifecycleOf, PLATFORM_API } from '../lifecycle';
import { type BuildConfigVariable, buildConfigProblems } from '../specification/build-config';
import { type BuilderData, builderProblems, type SystemBuildpacks } from '../specification/builder';
import { buildpackProblems, type Order } from '../specification/buildpack';
import {
  type BuildConfigFile,
  buildConfigFiles,
  builderMetadataLabel,
  orderLabel,
  orderToml,
  runToml,
  systemToml,
} from '../specification/platform-files';
import { runImageNameProblems } from '../specification/run-images';
import { BUILDER_SCRIPTS } from './builder-pipeline';
import { BuildpackFiles, folderOf } from './buildpack-files';
import { fitProblems } from './fit';
import { buildpacksOf, entriesOf, type OrderGroup, orderOf } from './order';

/** A build image with the lifecycle, buildpacks and an order: what builds the images of one family. */
export interface IBuilder extends IConstruct {
  /** A DNS label. */
  readonly name: string;
  readonly stack: IStack;
  /** All buildpacks inside, each once. */
  readonly buildpacks: readonly Buildpack[];
  /** The runtimes inside, so that a build downloads nothing. */
  readonly runtimes: readonly IRuntime[];
  /** The groups, in the order in which they are tried. */
  readonly order: Order;
  /** What takes part in every build, before and after a group. */
  readonly system: SystemBuildpacks;
  /** The operator's variables, which reach every buildpack. */
  readonly buildConfig: readonly BuildConfigFile[];
  /** The text of /cnb/run.toml, by which images know on what they can be rebased. */
  readonly run: string;
  /** The image with the lifecycle that is inside. */
  readonly lifecycle: string;
  readonly image: IImage;
}

/** What a builder has inside, and in which order it is tried. */
export interface BuilderProps {
  /** On whose build image it stands, and on whose run image it puts layers. */
  readonly stack: IStack;
  /** The groups, in the order in which they are tried. @see CNB platform 0.15, "order.toml (TOML)" */
  readonly order: readonly OrderGroup[];
  /**
   * The runtimes inside, each in the buildpack `toolforge/<name>`: of the stack's release, built on it or below it, with what they are
   * built against, and with what they need in the run image.
   *
   * @default - none
   */
  readonly runtimes?: readonly IRuntime[];
  /** Repositories that have copies of the run image, without a tag. @default - none @see CNB platform 0.15, "run.toml (TOML)" */
  readonly mirrors?: readonly string[];
  /** Variables that an operator gives every build, such as a proxy. @default - none @see CNB platform 0.15, "Operator-Defined Variables" */
  readonly buildConfig?: readonly BuildConfigVariable[];
  /** Buildpacks that take part in every build, before and after the group. @default - none @see CNB platform 0.15, "system.toml (TOML)" */
  readonly system?: { readonly pre?: OrderGroup; readonly post?: OrderGroup };
}

/**
 * A builder. Its construct id is its name, and its image is `platform/builders/<name>`.
 *
 * @example
 * ```ts
 * const builder = new Builder(this, 'python311', {
 *   stack: bookworm,
 *   runtimes: [python],
 *   order: orderFor([pythonPart.with({ version: '3.11' })]),
 * });
 * ```
 */
export class Builder extends Construct implements IBuilder {
  /** A builder that is in the registry already. Its construct id is its name. */
  static fromImage(scope: Construct, id: string, attributes: ImportedBuilderAttributes): IBuilder {
    const { stack, buildpacks, runtimes, order, system, buildConfig, lifecycle } = attributes;
    const imported = new Construct(scope, id);
    const image = new ImportedImage(imported, 'image', attributes.image);
    const run = runToml([{ image: repositoryOf(stack.runImage.reference) }]);
    const known = { name: id, stack, buildpacks, runtimes, order, system, buildConfig, lifecycle, run, image };
    return Object.assign(imported, known satisfies Omit<IBuilder, keyof IConstruct>);
  }

  readonly name: string;
  readonly stack: IStack;
  readonly buildpacks: readonly Buildpack[];
  readonly runtimes: readonly IRuntime[];
  readonly order: Order;
  readonly system: SystemBuildpacks;
  readonly buildConfig: readonly BuildConfigFile[];
  readonly run: string;
  readonly lifecycle: string;
  readonly image: IImage;

  constructor(scope: Construct, id: string, props: BuilderProps) {
    super(scope, id);
    const { stack, runtimes = [] } = props;
    const { registry, lifecycle } = stack.pipelines.props;
    this.name = id;
    this.stack = stack;
    this.runtimes = runtimes;
    this.lifecycle = lifecycle;
    this.buildpacks = allBuildpacks(props);
    this.order = orderOf(props.order);
    this.system = { pre: entriesOf(props.system?.pre ?? []), post: entriesOf(props.system?.post ?? []) };
    this.buildConfig = buildConfigFiles(props.buildConfig ?? []);
    const data = this.data(props);
    this.run = runToml(data.runImages);
    const system = systemToml(this.system);
    const texts = { order: orderToml(this.order), ...(system !== undefined && { system }) };
    const files = new BuildpackFiles(this, 'buildpacks', { name: `${id}-buildpacks`, buildpacks: this.buildpacks });
    this.image = stack.pipelines.builder.make(this, 'image', {
      name: `${id}-builder`,
      repository: registry.repository(`platform/builders/${id}`),
      address: addressOf({
        stack: stack.buildImage.address,
        buildpacks: this.buildpacks.map(({ hash }) => hash),
        runtimes: runtimes.map(({ image }) => image.address),
        lifecycle: versionIn(lifecycle),
        ...texts,
        mirrors: props.mirrors ?? [],
        buildConfig: this.buildConfig,
        recipe: [BUILDER_SCRIPTS.assemble, REGISTRY_SCRIPTS.push],
      }),
      params: {
        'build-image': stack.buildImage.reference,
        lender: repositoryOf(stack.buildImage.reference),
        runtimes: runtimes.map((runtime) => `${this.layingFolder(runtime)} ${runtime.image.reference}`).join('\n'),
        ...texts,
        run: this.run,
        'build-config': JSON.stringify(this.buildConfig),
        metadata: builderMetadataLabel(data),
        'order-label': orderLabel(data.order),
      },
      workspaces: { buildpacks: files.workspace },
      from: [stack.buildImage, ...runtimes.map(({ image }) => image)],
    });
    this.image.node.addDependency(files);
    this.node.addValidation({ validate: () => this.problems(data).map((each) => `${this.node.path}: ${each}`) });
  }

  /** What the specification knows of it. The run image is named without a tag: an image can then be rebased on any later one of the stack. */
  private data({ mirrors, buildConfig, stack }: BuilderProps): BuilderData {
    return {
      name: this.name,
      buildpacks: this.buildpacks,
      order: this.order,
      system: this.system,
      runImages: [{ image: repositoryOf(stack.runImage.reference), ...(mirrors && { mirrors }) }],
      ...(buildConfig && { buildConfig }),
      lifecycle: lifecycleOf(this.lifecycle),
      platformApi: PLATFORM_API,
      target: stack.target,
    };
  }

  /** The folder, below /cnb/buildpacks, of the buildpack that lays a runtime. */
  private layingFolder({ name }: IRuntime): string {
    const buildpack = this.buildpacks.find(({ id }) => id === `toolforge/${name}`);
    // Said by problems(), with all others.
    return buildpack === undefined ? `toolforge_${name}/none` : folderOf(buildpack);
  }

  private problems(data: BuilderData): readonly string[] {
    return [
      ...fitProblems(this),
      ...builderProblems(data),
      ...data.buildpacks.flatMap(buildpackProblems),
      ...runImageNameProblems(data.runImages),
      ...buildConfigProblems(data.buildConfig ?? []),
    ];
  }
}

function allBuildpacks({ order, system }: BuilderProps): readonly Buildpack[] {
  return [...new Set([...order, system?.pre ?? [], system?.post ?? []].flatMap(buildpacksOf))];
}

/** What has to be known of a builder that somebody else has made. */
export interface ImportedBuilderAttributes extends Pick<
  IBuilder,
  'stack' | 'buildpacks' | 'runtimes' | 'order' | 'system' | 'buildConfig' | 'lifecycle'
> {
  /** `<registry>/platform/builders/<name>@sha256:...`. */
  readonly image: string;
}
