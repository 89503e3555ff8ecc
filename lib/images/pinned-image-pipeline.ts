import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ImageMaking } from '../registry/image-pipeline';
import type { PromotionTask } from '../registry/promotion';
import type { PromotionAccess } from '../registry/promotion-access';
import type { Repository } from '../registry/registry';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';

/** What the pipeline needs. */
export interface PinnedImagePipelineProps extends Pick<ImageMaking, 'serviceAccount' | 'asking'> {
  /** The task that promotes every other image as well. */
  readonly promotion: PromotionTask;
  readonly promotionAccess: PromotionAccess;
}

interface MakeProps {
  readonly name: string;
  readonly repository: Repository;
  /** The reference of what is declared. */
  readonly declared: string;
  /** `sha256:<64 hex characters>` */
  readonly digest: string;
  readonly tags: readonly string[];
  /** What the image is, as JSON. */
  readonly family: string;
  readonly contract: string;
}

/**
 * The Tekton pipeline of images that are pinned: look-up and promotion. Nothing is made and nothing is tried, so that it waits for nothing
 * that is declared: an image is pinned because what is declared is bad.
 */
export class PinnedImagePipeline extends Construct {
  private readonly pipeline;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PinnedImagePipelineProps,
  ) {
    super(scope, id);
    const pipeline = new Pipeline(this, 'pinned-image', {
      description: 'Moves the public tags to the digest that an image is pinned to.',
      params: {
        image: { description: 'What is declared, and neither made nor promoted.' },
        pinned: { description: 'What is promoted: <repository>@<digest>.' },
        pin: { description: 'Its digest.' },
        repository: { description: 'The repository of the image.' },
        tags: { description: 'The public tags, in the order in which they are moved, with blanks between them.' },
        family: { description: 'What the image is, as JSON.' },
        contract: { description: 'The version of the contract that is declared.' },
      },
    });
    const { image, pinned, repository, tags, ...rest } = pipeline.params;
    const found = pipeline.addTask('look-up', props.asking.lookUp, { params: { image: pinned, repository, tags } });
    const promotion = pipeline.addTask('promotion', props.promotion, {
      params: { image, tags, before: found.results.before, ...rest },
    });
    pipeline.addResult('digest', promotion.results.digest, 'The digest of the image.');
    pipeline.addResult('made', found.results.made, "'found'.");
    this.pipeline = pipeline;
  }

  /**
   * Declares that an image is public as it is pinned.
   *
   * @returns what is public: `<repository>@<digest>`
   */
  make(scope: Construct, id: string, { name, repository, declared, digest, tags, family, contract }: MakeProps): string {
    const { serviceAccount, promotionAccess } = this.props;
    const pinned = `${repository.reference}@${digest}`;
    const run = new PipelineRun(scope, id, {
      name,
      pipeline: this.pipeline,
      serviceAccount,
      serviceAccounts: { promotion: promotionAccess.serviceAccount },
      timeout: Duration.minutes(15),
      image: pinned,
      params: { image: declared, pinned, pin: digest, repository: repository.reference, tags: tags.join(' '), family, contract },
    });
    run.node.addDependency(promotionAccess);
    return pinned;
  }
}
