import { Construct } from 'constructs';
import type { MadeImage } from '../registry/made-image';
import { promotionTask } from '../registry/promotion';
import type { Registry } from '../registry/registry';
import type { Settings } from '../settings/settings';
import type { ContractAccess } from '../toolforge/contract/contract-access';
import { contractParams, contractTask } from '../toolforge/contract/contract-task';
import { atDigest, RUN_NAME } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';
import { imageParams, imageTask } from './image-task';
import { descriptorOf, familyOf, imageProblems, type PlatformImage, repositoryOf, tagsOf } from './platform-image';

export interface PlatformImagePipelineProps {
  readonly registry: Registry;
  /** The image with bash, jq, curl and skopeo. */
  readonly toolbox: string;
  readonly lifecycle: string;
  readonly serviceAccountName: string;
  readonly toolforge: Settings['toolforge'];
  readonly publicTags: Settings['publicTags'];
  /** What lets the contract make pods of tools. */
  readonly contractAccess: ContractAccess;
}

export interface MakePlatformImageProps {
  readonly builder: MadeImage;
  /** The run image of the builder's stack. */
  readonly runImage: MadeImage;
}

/** A platform image, and the tag by which tools use it. */
export interface PublicImage extends MadeImage {
  readonly public: string;
}

/** The Tekton pipeline of platform images: build or rebase, contract, promotion. A failure moves no tag. */
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
      },
    });
    const { params } = pipeline;
    const image = pipeline.addTask('image', imageTask(this, props), { params });
    const contract = pipeline.addTask('contract', contractTask(this, props), {
      params: {
        image: atDigest(params.repository, image.results.digest),
        name: params.name,
        family: params.family,
        run: RUN_NAME,
      },
      timeout: '30m0s',
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

  /** Declares that a platform image is to be public. */
  make(scope: Construct, image: PlatformImage, { builder, runImage }: MakePlatformImageProps): PublicImage {
    const { registry, lifecycle, serviceAccountName, publicTags, contractAccess: access } = this.props;
    const repository = `${registry.host}/${repositoryOf(image)}`;
    const tags = tagsOf(image, lifecycle);
    const reference = `${repository}:${tags.image}`;
    const run = new PipelineRun(scope, image.name, {
      pipeline: this.pipeline,
      serviceAccountName,
      serviceAccounts: { contract: access.serviceAccountName },
      timeout: '1h0m0s',
      image: reference,
      params: {
        image: reference,
        layers: `${repository}:${tags.layers}`,
        'registry-tls': String(registry.tls),
        builder: builder.image,
        'run-image': runImage.image,
        descriptor: descriptorOf(image),
        name: image.name,
        family: JSON.stringify(familyOf(image)),
        repository,
        tags: publicTags.join(' '),
      },
    });
    run.node.addDependency(builder.run, runImage.run, access);
    run.node.addValidation({ validate: () => imageProblems(image) });
    return { image: reference, run, public: `${repository}:${publicTags.at(-1) ?? ''}` };
  }
}
