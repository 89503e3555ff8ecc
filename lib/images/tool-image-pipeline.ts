import { Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import { ImageRun } from '../registry/image-run';
import { type PromotionProps, publicationTask } from '../registry/promotion';
import type { Registry, Repository } from '../registry/registry';
import type { References } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import type { Tool } from '../toolforge/tool';
import { buildTask } from './build-task';
import { imageArguments, imageParams } from './image-params';
import { IMAGE_SCRIPTS } from './image-scripts';
import { MADE, buildOrRebase } from './build-or-rebase';
import { PlatformImage } from './platform-image';
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

const toolParams = { ...imageParams, ...sourceParams } as const;

/** The tag by which a tool's image is used. */
export const TOOL_TAG = 'latest';

/**
 * The Tekton pipeline of tools' images: build or rebase, then the tag `latest`. A failure moves no tag.
 *
 * Its construct id is its name in the cluster; its tasks are beside it, in its scope.
 *
 * @example
 * ```ts
 * const toolImages = new ToolImagePipeline(this, 'tool-image', { ...making, promotionAccess });
 * ```
 */
export class ToolImagePipeline extends Pipeline<typeof toolParams> {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImageMaking & Pick<PromotionProps, 'promotionAccess'>,
  ) {
    super(scope, id, {
      description: "Builds a tool's image or rebases it, and moves its public tag to it.",
      params: toolParams,
    });
    const { image, tags } = this.params;
    const build = buildTask(scope, `${id}-build`, props, SOURCE);
    const { found, made } = buildOrRebase(scope, this, props, { build, params: this.params });
    const publication = this.addTask('publication', publicationTask(scope, props), {
      params: { image, tags, before: found.before },
      runAfter: made,
    });
    this.addResult('digest', publication.results.digest, 'The digest of the image.');
    this.addResult('made', found.made, MADE);
  }

  /** Where the images go. */
  get registry(): ImageMaking['registry'] {
    return this.props.registry;
  }

  /** What its steps run in. */
  get toolbox(): ImageMaking['toolbox'] {
    return this.props.toolbox;
  }

  /** Who may hold the lease of a repository. */
  get publisher() {
    return this.props.promotionAccess.serviceAccount;
  }

  /** Where the runs are. */
  get namespace(): string {
    return this.props.promotionAccess.namespace;
  }

  /**
   * Declares that a tool's image is to be public.
   *
   * @param name - the first part of the run's name
   */
  make(scope: Construct, id: string, name: string, image: MakeProps): ImageRun {
    const { builder, stack, address } = image;
    const run = this.run(image);
    return new ImageRun(scope, id, {
      ...{ ...run, name, address },
      lasting: { what: run.params.layers, from: [builder.image] },
      // Nothing of a tool's stands on what has broken an image of the platform.
      from: [stack.runImage, this.props.promotionAccess, ...PlatformImage.on(stack)],
    });
  }

  /** What a run that makes a tool's image public executes, whoever makes it. */
  run({ source, descriptor, builder, stack, repository, address }: MakeProps) {
    const params = imageArguments({ builder, stack, repository, address, descriptor, tags: [TOOL_TAG] });
    return {
      pipeline: this,
      image: params.image,
      params: { ...params, 'source-url': source.url, 'source-commit': source.commit, 'source-folder': source.folder ?? '' },
      serviceAccount: this.props.serviceAccount,
      serviceAccounts: { publication: this.publisher },
      timeout: Duration.hours(1),
    };
  }
}

/** What a tool's image is called: its repository, without the registry. */
export function toolImageName(tool: Tool, name: string): string {
  return `tool-${tool.name}/${name}`;
}

/**
 * Where a tool's image is.
 *
 * @param name - the image's
 * @throws Error when it cannot be the name of a repository
 */
export function toolRepository({ node }: Construct, registry: Registry, tool: Tool, name: string): Repository {
  try {
    return registry.repository(toolImageName(tool, name));
  } catch (error) {
    throw new Error(`${node.path}: ${(error as Error).message}`, { cause: error });
  }
}
