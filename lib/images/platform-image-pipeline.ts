import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import { promotionTask } from '../registry/promotion';
import type { Settings } from '../settings/settings';
import { atDigest, RUN_NAME } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';
import { Task } from '../tekton/task';
import { contractVersion } from '../toolforge/contract/contract';
import type { ContractAccess } from '../toolforge/contract/contract-access';
import { contractParams, contractTask } from '../toolforge/contract/contract-task';
import { descriptorOf, familyOf, type Parts } from './descriptor';
import { IMAGE_RESULTS, imageParams, imagePhases, phaseArguments, waivePreparation } from './image-phases';

/** What the pipeline needs beside registry, toolbox and service account. */
export interface PlatformImagePipelineProps extends ImageMaking {
  readonly toolforge: Settings['toolforge'];
  readonly publicTags: Settings['publicTags'];
  /** What lets the contract make pods of tools. */
  readonly contractAccess: ContractAccess;
}

function platformImageTask(scope: Construct, making: ImageMaking) {
  const phases = imagePhases(making);
  const descriptorOnly = { size: Size.mebibytes(100) };
  const task = new Task(scope, 'platform-image-phases', {
    description: 'Builds a platform image by the phases of the CNB lifecycle, or puts its layers on another run image.',
    params: imageParams,
    results: IMAGE_RESULTS,
    volumes: phases.volumes(descriptorOnly),
    env: phases.env,
    steps: (handles) => phases.steps(handles, descriptorOnly),
  });
  waivePreparation(task);
  return task;
}

interface MakeProps {
  readonly name: string;
  readonly parts: Parts;
  readonly builder: IBuilder;
  /** That of its layers. */
  readonly address: Address;
}

/**
 * The Tekton pipeline of platform images: build or rebase, contract, promotion. A failure moves no tag.
 *
 * @example
 * ```ts
 * const { toolforge, publicTags } = settings;
 * const images = new PlatformImagePipeline(this, 'images', { ...making, toolforge, publicTags, contractAccess });
 * ```
 */
export class PlatformImagePipeline extends Construct {
  private readonly pipeline;

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
    });
    const { params } = pipeline;
    const image = pipeline.addTask('image', platformImageTask(this, props), { params });
    const contract = pipeline.addTask('contract', contractTask(this, props), {
      params: {
        image: atDigest(params.repository, image.results.digest),
        name: params.name,
        family: params.family,
        contract: params.contract,
        run: RUN_NAME,
      },
      timeout: Duration.minutes(30),
    });
    pipeline.addTask('promotion', promotionTask(this, props), {
      params: {
        repository: params.repository,
        digest: image.results.digest,
        attestation: contract.results.attestation,
        before: image.results.before,
        'registry-tls': params['registry-tls'],
      },
    });
    pipeline.addResult('digest', image.results.digest, 'The digest of the image.');
    pipeline.addResult('made', image.results.made, "'built', 'rebased', or 'found' when the registry had it already.");
    pipeline.addResult('contract', contract.results.summary, 'What the contract found.');
    this.pipeline = pipeline;
  }

  /**
   * Declares that an image is to be public.
   *
   * @returns its immutable reference, and the tag by which tools use it
   */
  make(
    scope: Construct,
    id: string,
    { name, parts, builder, address }: MakeProps,
  ): { readonly reference: string; readonly public: string } {
    const { registry, serviceAccount, publicTags, contractAccess } = this.props;
    const repository = registry.repository(`toolforge-${name}`);
    const descriptor = descriptorOf(name, parts);
    const family = familyOf(parts);
    const params = phaseArguments({ builder, repository, address, registry, descriptor, tags: publicTags });
    const run = new PipelineRun(scope, id, {
      name,
      pipeline: this.pipeline,
      serviceAccount,
      serviceAccounts: { contract: contractAccess.serviceAccount },
      timeout: Duration.hours(1),
      image: params.image,
      params: { ...params, name, family: JSON.stringify(family), contract: contractVersion(family) },
    });
    run.node.addDependency(builder.image, builder.stack.runImage, contractAccess);
    return { reference: params.image, public: repository.tagged(publicTags.at(-1) ?? 'testing') };
  }
}
