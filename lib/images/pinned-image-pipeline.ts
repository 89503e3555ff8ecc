import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { addressOf } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import { ImageRun } from '../registry/image-run';
import type { PromotionTask } from '../registry/promotion';
import type { PromotionAccess } from '../registry/promotion-access';
import type { Repository } from '../registry/registry';
import { Pipeline } from '../tekton/pipeline';

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

const pinnedParams = {
  image: { description: 'What is declared, and neither made nor promoted.' },
  pinned: { description: 'What is promoted: <repository>@<digest>.' },
  pin: { description: 'Its digest.' },
  repository: { description: 'The repository of the image.' },
  tags: { description: 'The public tags, in the order in which they are moved, with blanks between them.' },
  family: { description: 'What the image is, as JSON.' },
  contract: { description: 'The version of the contract that is declared.' },
} as const;

/**
 * The Tekton pipeline of images that are pinned: look-up and promotion. Nothing is made and nothing is tried, so that it waits for nothing
 * that is declared: an image is pinned because what is declared is bad.
 */
export class PinnedImagePipeline extends Pipeline<typeof pinnedParams> {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PinnedImagePipelineProps,
  ) {
    super(scope, id, {
      description: 'Moves the public tags to the digest that an image is pinned to.',
      params: pinnedParams,
    });
    const { image, pinned, repository, tags, ...rest } = this.params;
    const found = this.addTask('look-up', props.asking.lookUp, { params: { image: pinned, repository, tags } });
    const promotion = this.addTask('promotion', props.promotion, {
      params: { image, tags, before: found.results.before, ...rest },
    });
    this.addResult('digest', promotion.results.digest, 'The digest of the image.');
    this.addResult('made', found.results.made, "'found'.");
  }

  /** Declares that an image is public as it is pinned; its reference is `<repository>@<digest>`. */
  make(scope: Construct, id: string, { name, repository, declared, digest, tags, ...tried }: MakeProps): ImageRun {
    const { serviceAccount, promotionAccess } = this.props;
    const pinned = `${repository.reference}@${digest}`;
    return new ImageRun(scope, id, {
      name,
      pipeline: this,
      image: pinned,
      address: addressOf({ digest }),
      params: { image: declared, pinned, pin: digest, repository: repository.reference, tags: tags.join(' '), ...tried },
      serviceAccount,
      serviceAccounts: { promotion: promotionAccess.serviceAccount },
      timeout: Duration.minutes(15),
      from: [promotionAccess],
    });
  }
}
