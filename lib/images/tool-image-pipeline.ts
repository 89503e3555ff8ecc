import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import { type PromotionProps, publicationTask } from '../registry/promotion';
import type { Repository } from '../registry/registry';
import type { References } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';
import { buildTask } from './build-task';
import { imageArguments, imageParams } from './image-params';
import { IMAGE_SCRIPTS } from './image-scripts';
import { rebaseTask } from './rebase-task';
import type { GitSource } from './tool-source';

const sourceParams = {
  'source-url': { description: 'The git repository, which can be read without a password.' },
  'source-commit': { description: 'The full hash of the commit.' },
  'source-folder': { description: 'The folder in it that is the application; empty for the whole.' },
} as const;

/** What brings the source. */
const SOURCE = {
  size: Size.gibibytes(1),
  params: sourceParams,
  fetch: (params: References<typeof sourceParams>) => ({
    script: IMAGE_SCRIPTS.fetch,
    env: {
      SOURCE_URL: params['source-url'],
      SOURCE_COMMIT: params['source-commit'],
      SOURCE_FOLDER: params['source-folder'],
    },
  }),
} as const;

interface MakeProps {
  /** The first part of the run's name. */
  readonly name: string;
  readonly source: GitSource;
  /** platform-image.json; empty for none. */
  readonly descriptor: string;
  readonly builder: IBuilder;
  /** Of its run image. */
  readonly stack: IStack;
  readonly repository: Repository;
  /** That of its layers. */
  readonly address: Address;
}

/** The tag by which a tool's image is used. */
export const TOOL_TAG = 'latest';

/**
 * The Tekton pipeline of tools' images: build or rebase, then the tag `latest`. A failure moves no tag.
 *
 * @example
 * ```ts
 * const toolImages = new ToolImagePipeline(this, 'tool-images', { ...making, promotionAccess });
 * ```
 */
export class ToolImagePipeline extends Construct {
  private readonly pipeline;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImageMaking & Pick<PromotionProps, 'promotionAccess'>,
  ) {
    super(scope, id);
    const pipeline = new Pipeline(this, 'tool-image', {
      description: "Builds a tool's image or rebases it, and moves its public tag to it.",
      params: { ...imageParams, ...sourceParams },
    });
    const { params } = pipeline;
    const { image, layers, repository, tags } = params;
    const found = pipeline.addTask('look-up', props.asking.lookUp, {
      params: { image, layers, 'run-image': params['run-image'], repository, tags },
    });
    const pinned = { 'pinned-run-image': found.results['run-image'] };
    const build = pipeline.addTask('build', buildTask(this, 'tool-image-build', props, SOURCE), {
      params: { ...params, ...pinned },
      when: [{ input: found.results.made, in: ['built'] }],
    });
    const rebase = pipeline.addTask('rebase', rebaseTask(this, 'tool-image-rebase', props), {
      params: { image, 'built-image': found.results.layers, ...pinned },
      when: [{ input: found.results.made, in: ['rebased'] }],
    });
    const publication = pipeline.addTask('publication', publicationTask(this, props), {
      params: { image, tags, before: found.results.before },
      runAfter: [build, rebase],
    });
    pipeline.addResult('digest', publication.results.digest, 'The digest of the image.');
    pipeline.addResult('made', found.results.made, "'built', 'rebased', or 'found' when the registry had it already.");
    this.pipeline = pipeline;
  }

  /** Where the images go. */
  get registry(): ImageMaking['registry'] {
    return this.props.registry;
  }

  /**
   * Declares that a tool's image is to be public.
   *
   * @returns its immutable reference
   */
  make(scope: Construct, id: string, { name, source, descriptor, builder, stack, repository, address }: MakeProps): string {
    const { serviceAccount, promotionAccess } = this.props;
    const params = imageArguments({ builder, stack, repository, address, descriptor, tags: [TOOL_TAG] });
    const run = new PipelineRun(scope, id, {
      name,
      pipeline: this.pipeline,
      serviceAccount,
      serviceAccounts: { publication: promotionAccess.serviceAccount },
      timeout: Duration.hours(1),
      image: params.image,
      params: {
        ...params,
        'source-url': source.url,
        'source-commit': source.commit,
        'source-folder': source.folder ?? '',
      },
    });
    run.node.addDependency(builder.image, stack.runImage, promotionAccess);
    return params.image;
  }
}
