import { Duration, Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import { ImageRun } from '../registry/image-run';
import type { Pins } from '../registry/pins';
import { promotionTask } from '../registry/promotion';
import type { PromotionAccess } from '../registry/promotion-access';
import type { Repository } from '../registry/registry';
import type { Settings } from '../settings/settings';
import { RUN_NAME } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { contractVersion, untriedBy } from '../toolforge/contract/contract';
import type { ContractAccess } from '../toolforge/contract/contract-access';
import { KindFiles } from '../toolforge/contract/kind-files';
import { contractParams, contractTask } from '../toolforge/contract/contract-task';
import type { Contracts } from '../toolforge/contract/language-contract';
import { descriptorOf, imageKindOf } from './descriptor';
import { buildTask } from './build-task';
import { imageArguments, imageParams } from './image-params';
import { MADE, buildOrRebase } from './build-or-rebase';
import type { Part } from './part';
import { PinnedImagePipeline } from './pinned-image-pipeline';

/** What the pipeline needs beside registry, toolbox and service account. */
export interface PlatformImagePipelineProps extends ImageMaking {
  readonly toolforge: Settings['toolforge'];
  readonly publicTags: Settings['publicTags'];
  /** The images of which `latest` is not moved: somebody else's is in use. @default - none */
  readonly leavesLatest?: (name: string) => boolean;
  /** What lets the contract make pods of tools. */
  readonly contractAccess: ContractAccess;
  /** What is tried of each language. */
  readonly contracts: Contracts;
  /** What lets a promotion hold the lease of its repository. */
  readonly promotionAccess: PromotionAccess;
  /** Of which environment attestations are made and believed. */
  readonly environment: string;
  /** The images that are held at a digest. */
  readonly pins: Pins;
}

const DESCRIPTOR_ONLY = { size: Size.mebibytes(100), params: {} } as const;

const platformParams = {
  ...imageParams,
  name: { description: 'The name of the image.' },
  family: contractParams.family,
  contract: contractParams.contract,
  canary: contractParams.canary,
  'canary-family': contractParams['canary-family'],
  'canary-contract': contractParams['canary-contract'],
} as const;

interface MakeProps {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Whether it promises none of the common tools. */
  readonly bare: boolean;
  readonly builder: IBuilder;
  /** Of its run image. */
  readonly stack: IStack;
  /** That of its layers. */
  readonly address: Address;
  readonly canary?: Canary | undefined;
}

/** What is to be known of an image that is the canary of another one. */
interface Canary {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly bare: boolean;
  /** Its public tag. */
  readonly public: string;
  /** What makes it. */
  readonly run: IConstruct;
}

/**
 * The Tekton pipeline of platform images: look-up, build or rebase, contract, promotion, each in a pod of its own. A failure moves no tag.
 *
 * Its construct id is its name in the cluster. Beside it, in its scope, are its tasks, the pipeline of pinned images, and what is tried of images.
 *
 * @example
 * ```ts
 * const { toolforge, publicTags } = settings;
 * const promoting = { ...making, promotionAccess };
 * const trying = { toolforge, publicTags, contractAccess, contracts: CONTRACTS, environment: 'local', pins: {} };
 * const images = new PlatformImagePipeline(this, 'platform-image', { ...promoting, ...trying });
 * ```
 */
export class PlatformImagePipeline extends Pipeline<typeof platformParams, 'family'> {
  private readonly pinned: PinnedImagePipeline;
  private readonly around: Construct;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PlatformImagePipelineProps,
  ) {
    super(scope, id, {
      description: 'Builds a platform image or rebases it, tries its contract, and moves the public tags to it.',
      params: platformParams,
      workspaces: ['family'],
    });
    this.around = scope;
    const { image, name, tags, family, contract: version, canary } = this.params;
    const build = buildTask(scope, `${id}-build`, props, DESCRIPTOR_ONLY);
    const { found, made } = buildOrRebase(scope, this, props, { build, params: this.params });
    const contract = this.addTask('contract', contractTask(scope, props), {
      params: {
        ...{ image, name, family, contract: version, run: RUN_NAME },
        ...{ 'layers-of': found.layers, before: found.before, canary },
        ...{ 'canary-family': this.params['canary-family'], 'canary-contract': this.params['canary-contract'] },
      },
      workspaces: { family: 'family' },
      runAfter: made,
      timeout: Duration.minutes(30),
    });
    const promotion = promotionTask(scope, props);
    this.addTask('promotion', promotion, {
      params: { image, tags, before: found.before, family, contract: version },
      runAfter: [contract],
    });
    this.addResult('digest', contract.results.digest, 'The digest of the image.');
    this.addResult('made', found.made, MADE);
    this.addResult('contract', contract.results.summary, 'What the contract found.');
    this.pinned = new PinnedImagePipeline(scope, 'pinned-image', { ...props, promotion });
  }

  /** The tag by which tools use an image, which moves. */
  publicReference(name: string): string {
    return this.repositoryOf(name).tagged(this.publicTagsOf(name).at(-1) ?? 'testing');
  }

  /** Declares that an image is to be public. One that is pinned is neither made nor tried. */
  make(scope: Construct, id: string, { name, parts, bare, builder, stack, address, canary }: MakeProps): ImageRun {
    const { serviceAccount, contracts, contractAccess, promotionAccess, pins } = this.props;
    const [repository, tags] = [this.repositoryOf(name), this.publicTagsOf(name)];
    const descriptor = descriptorOf(name, parts);
    const kind = imageKindOf(parts, bare);
    const params = imageArguments({ builder, stack, repository, address, descriptor, tags });
    const tried = { family: JSON.stringify(kind), contract: contractVersion(kind, contracts) };
    const digest = pins[name]?.digest;
    if (digest !== undefined)
      return this.pinned.make(scope, id, { name, repository, digest, declared: params.image, tags, ...tried });
    const files = KindFiles.of(this.around, kind, contracts);
    return new ImageRun(scope, id, {
      name,
      pipeline: this,
      image: params.image,
      address,
      params: { ...params, name, ...tried, ...this.canaryParams(canary) },
      workspaces: { family: files.workspace },
      serviceAccount,
      serviceAccounts: { contract: contractAccess.serviceAccount, promotion: promotionAccess.serviceAccount },
      timeout: Duration.hours(1),
      lasting: { what: params.layers, from: [builder.image], after: this.isTried(canary) ? canary.run : undefined },
      from: [files, stack.runImage, contractAccess, promotionAccess],
    });
  }

  /** What of an image is not tried of its canary. */
  untriedBy(canary: Pick<Canary, 'parts' | 'bare'>, { parts, bare }: Pick<Canary, 'parts' | 'bare'>): readonly string[] {
    return untriedBy(imageKindOf(canary.parts, canary.bare), imageKindOf(parts, bare), this.props.contracts);
  }

  /** One that is pinned is not tried on any run image. */
  private isTried(canary: Canary | undefined): canary is Canary {
    return canary !== undefined && this.props.pins[canary.name] === undefined;
  }

  private canaryParams(canary: Canary | undefined) {
    if (!this.isTried(canary)) return {};
    const kind = imageKindOf(canary.parts, canary.bare);
    const version = contractVersion(kind, this.props.contracts);
    return { canary: canary.public, 'canary-family': JSON.stringify(kind), 'canary-contract': version };
  }

  private repositoryOf(name: string): Repository {
    return this.props.registry.repository(`toolforge-${name}`);
  }

  /** The tags that follow what passed its contract, in the order in which they move. */
  publicTagsOf(name: string): readonly string[] {
    const leavesLatest = this.props.leavesLatest?.(name) ?? false;
    return this.props.publicTags.filter((each) => !leavesLatest || each !== 'latest');
  }
}
