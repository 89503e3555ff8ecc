import { Construct } from 'constructs';
import type { MadeImage } from '../registry/made-image';
import { promotionTask } from '../registry/promotion';
import type { Registry } from '../registry/registry';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';
import { imageParams, imageTask } from './image-task';
import { descriptorOf, imageProblems, type PlatformImage, repositoryOf, tagsOf } from './platform-image';

export interface PlatformImagePipelineProps {
  readonly registry: Registry;
  /** The image with bash, jq, curl and skopeo. */
  readonly toolbox: string;
  readonly lifecycle: string;
  readonly serviceAccountName: string;
}

export interface MakePlatformImageProps {
  readonly builder: MadeImage;
  /** The run image of the builder's stack. */
  readonly runImage: MadeImage;
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
      params: { ...imageParams, repository: {}, tags: {} },
    });
    const image = pipeline.addTask('image', imageTask(this, props), { params: pipeline.params });
    pipeline.addResult('digest', image.results.digest, 'The digest of the image.');
    pipeline.addResult('made', image.results.made, "'built', 'rebased', or 'found' when the registry had it already.");
    void promotionTask;
    this.pipeline = pipeline;
  }

  /** Declares that a platform image is to be public. */
  make(scope: Construct, image: PlatformImage, { builder, runImage }: MakePlatformImageProps): MadeImage {
    const { registry, lifecycle, serviceAccountName } = this.props;
    const repository = `${registry.host}/${repositoryOf(image)}`;
    const tags = tagsOf(image, lifecycle);
    const reference = `${repository}:${tags.image}`;
    const run = new PipelineRun(scope, image.name, {
      pipeline: this.pipeline,
      serviceAccountName,
      timeout: '1h0m0s',
      image: reference,
      params: {
        image: reference,
        layers: `${repository}:${tags.layers}`,
        'registry-tls': String(registry.tls),
        builder: builder.image,
        'run-image': runImage.image,
        descriptor: descriptorOf(image),
        repository,
        tags: 'testing latest',
      },
    });
    run.node.addDependency(builder.run, runImage.run);
    run.node.addValidation({ validate: () => imageProblems(image) });
    return { image: reference, run };
  }
}
