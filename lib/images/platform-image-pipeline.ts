import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import type { Pins } from '../registry/pins';
import { promotionTask } from '../registry/promotion';
import type { PromotionAccess } from '../registry/promotion-access';
import type { Settings } from '../settings/settings';
import { RUN_NAME } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';
import { contractVersion } from '../toolforge/contract/contract';
import type { ContractAccess } from '../toolforge/contract/contract-access';
import { KindFiles } from '../toolforge/contract/kind-files';
import { contractParams, contractTask } from '../toolforge/contract/contract-task';
import type { Contracts } from '../toolforge/contract/language-contract';
import { descriptorOf, imageKindOf } from './descriptor';
import { buildTask } from './build-task';
import { imageArguments, imageParams } from './image-params';
import type { Part } from './part';
import { PinnedImagePipeline } from './pinned-image-pipeline';
import { rebaseTask } from './rebase-task';

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
}

/**
 * The Tekton pipeline of platform images: look-up, build or rebase, contract, promotion, each in a pod of its own. A failure moves no tag.
 *
 * What builds hands nothing on: which image it is, the contract asks the registry by the tag of the declaration.
 *
 * @example
 * ```ts
 * const { toolforge, publicTags } = settings;
 * const promoting = { ...making, promotionAccess };
 * const trying = { toolforge, publicTags, contractAccess, contracts: CONTRACTS, environment: 'local', pins: {} };
 * const images = new PlatformImagePipeline(this, 'images', { ...promoting, ...trying });
 * ```
 */
export class PlatformImagePipeline extends Construct {
  private readonly pipeline;
  private readonly pinned;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PlatformImagePipelineProps,
  ) {
    super(scope, id);
    const pipeline = new Pipeline(this, 'platform-image', {
      description: 'Builds a platform image or rebases it, tries its contract, and moves the public tags to it.',
      params: {
        ...imageParams,
        name: { description: 'The name of the image.' },
        family: contractParams.family,
        contract: contractParams.contract,
      },
      workspaces: ['family'],
    });
    const { params } = pipeline;
    const { image, layers, repository, tags } = params;
    const found = pipeline.addTask('look-up', props.asking.lookUp, {
      params: { image, layers, 'run-image': params['run-image'], repository, tags },
    });
    const pinned = { 'pinned-run-image': found.results['run-image'] };
    const build = pipeline.addTask('build', buildTask(this, 'platform-image-build', props, DESCRIPTOR_ONLY), {
      params: { ...params, ...pinned },
      when: [{ input: found.results.made, in: ['built'] }],
    });
    const rebase = pipeline.addTask('rebase', rebaseTask(this, 'platform-image-rebase', props), {
      params: { image, 'built-image': found.results.layers, ...pinned },
      when: [{ input: found.results.made, in: ['rebased'] }],
    });
    const contract = pipeline.addTask('contract', contractTask(this, props), {
      params: { image, name: params.name, family: params.family, contract: params.contract, run: RUN_NAME },
      workspaces: { family: 'family' },
      runAfter: [build, rebase],
      timeout: Duration.minutes(30),
    });
    const promotion = promotionTask(this, props);
    pipeline.addTask('promotion', promotion, {
      params: { image, tags, before: found.results.before, family: params.family, contract: params.contract },
      runAfter: [contract],
    });
    pipeline.addResult('digest', contract.results.digest, 'The digest of the image.');
    pipeline.addResult('made', found.results.made, "'built', 'rebased', or 'found' when the registry had it already.");
    pipeline.addResult('contract', contract.results.summary, 'What the contract found.');
    this.pipeline = pipeline;
    this.pinned = new PinnedImagePipeline(this, 'pinned', { ...props, promotion });
  }

  /**
   * Declares that an image is to be public. One that is pinned is neither made nor tried.
   *
   * @returns the immutable reference of what is public, and the tag by which tools use it
   */
  make(
    scope: Construct,
    id: string,
    { name, parts, bare, builder, stack, address }: MakeProps,
  ): { readonly reference: string; readonly public: string } {
    const { registry, serviceAccount, contracts, contractAccess, promotionAccess, pins } = this.props;
    const repository = registry.repository(`toolforge-${name}`);
    const leavesLatest = this.props.leavesLatest?.(name) ?? false;
    const publicTags = this.props.publicTags.filter((each) => !leavesLatest || each !== 'latest');
    const descriptor = descriptorOf(name, parts);
    const kind = imageKindOf(parts, bare);
    const params = imageArguments({ builder, stack, repository, address, descriptor, tags: publicTags });
    const tried = { family: JSON.stringify(kind), contract: contractVersion(kind, contracts) };
    const tag = repository.tagged(publicTags.at(-1) ?? 'testing');
    const digest = pins[name]?.digest;
    if (digest !== undefined) {
      const declared = { declared: params.image, tags: publicTags, ...tried };
      return { reference: this.pinned.make(scope, id, { name, repository, digest, ...declared }), public: tag };
    }
    const files = KindFiles.of(this, kind, contracts);
    const run = new PipelineRun(scope, id, {
      name,
      pipeline: this.pipeline,
      serviceAccount,
      serviceAccounts: { contract: contractAccess.serviceAccount, promotion: promotionAccess.serviceAccount },
      timeout: Duration.hours(1),
      image: params.image,
      params: {
        ...params,
        name,
        ...tried,
      },
      workspaces: { family: files.workspace },
    });
    run.node.addDependency(files, builder.image, stack.runImage, contractAccess, promotionAccess);
    return { reference: params.image, public: tag };
  }
}
