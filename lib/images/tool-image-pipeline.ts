import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import { CNB_USER } from '../buildpacks/build-user';
import type { Address } from '../registry/address';
import type { ImageMaking } from '../registry/image-pipeline';
import { publicationTask } from '../registry/promotion';
import type { Repository } from '../registry/registry';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun } from '../tekton/pipeline-run';
import { Task } from '../tekton/task';
import { IMAGE_RESULTS, imageParams, imagePhases, phaseArguments, waivePreparation } from './image-phases';
import { IMAGE_SCRIPTS } from './image-scripts';
import type { GitSource } from './tool-source';

const sourceParams = {
  'source-url': { description: 'The git repository, which can be read without a password.' },
  'source-commit': { description: 'The full hash of the commit.' },
  'source-folder': { description: 'The folder in it that is the application; empty for the whole.' },
} as const;

/** The phases of platform images, and a step that brings the source. */
function toolImageTask(scope: Construct, making: ImageMaking) {
  const phases = imagePhases(making);
  const size = Size.gibibytes(1);
  const task = new Task(scope, 'tool-image-phases', {
    description:
      "Builds a tool's image from its repository by the phases of the CNB lifecycle, or puts its layers on another run image.",
    params: { ...imageParams, ...sourceParams },
    results: IMAGE_RESULTS,
    volumes: phases.volumes({ size }),
    env: phases.env,
    steps: (handles) => {
      const { params } = handles;
      const fetch = {
        name: 'fetch',
        image: making.toolbox,
        script: IMAGE_SCRIPTS.fetch,
        mounts: { work: '/work', app: '/workspace' },
        user: CNB_USER.uid,
        env: {
          SOURCE_URL: params['source-url'],
          SOURCE_COMMIT: params['source-commit'],
          SOURCE_FOLDER: params['source-folder'],
        },
        resources: { cpu: 250, memory: 512 },
      };
      return phases.steps(handles, { size, steps: [fetch] });
    },
  });
  waivePreparation(task);
  return task;
}

interface MakeProps {
  /** The first part of the run's name. */
  readonly name: string;
  readonly source: GitSource;
  /** platform-image.json; empty for none. */
  readonly descriptor: string;
  readonly builder: IBuilder;
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
 * const toolImages = new ToolImagePipeline(this, 'tool-images', making);
 * ```
 */
export class ToolImagePipeline extends Construct {
  private readonly pipeline;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImageMaking,
  ) {
    super(scope, id);
    const pipeline = new Pipeline(this, 'tool-image', {
      description: "Builds a tool's image or rebases it, and moves its public tag to it.",
      params: { ...imageParams, ...sourceParams },
    });
    const { params } = pipeline;
    const image = pipeline.addTask('image', toolImageTask(this, props), { params });
    pipeline.addTask('publication', publicationTask(this, props), {
      params: {
        repository: params.repository,
        digest: image.results.digest,
        before: image.results.before,
        'registry-tls': params['registry-tls'],
      },
    });
    pipeline.addResult('digest', image.results.digest, 'The digest of the image.');
    pipeline.addResult('made', image.results.made, "'built', 'rebased', or 'found' when the registry had it already.");
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
  make(scope: Construct, id: string, { name, source, descriptor, builder, repository, address }: MakeProps): string {
    const { registry, serviceAccount } = this.props;
    const params = phaseArguments({ builder, repository, address, registry, descriptor, tags: [TOOL_TAG] });
    const run = new PipelineRun(scope, id, {
      name,
      pipeline: this.pipeline,
      serviceAccount,
      timeout: Duration.hours(1),
      image: params.image,
      params: {
        ...params,
        'source-url': source.url,
        'source-commit': source.commit,
        'source-folder': source.folder ?? '',
      },
    });
    run.node.addDependency(builder.image, builder.stack.runImage);
    return params.image;
  }
}
