import { Construct } from 'constructs';
import type { Arguments, Params } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { type ConfigMapWorkspace, PipelineRun } from '../tekton/pipeline-run';
import type { Task } from '../tekton/task';
import type { MadeImage } from './made-image';

export interface ImagePipelineProps<P extends Params, W extends string> {
  readonly description: string;
  /** The parameters of the task, which are the pipeline's own. */
  readonly params: P;
  /** @default - none */
  readonly workspaces?: readonly W[];
  /** Makes the image in one pod, or finds that the registry has it. */
  readonly task: Task<P, 'digest' | 'made', W>;
  readonly serviceAccountName: string;
  /** The longest time a run may take, as a Go duration. */
  readonly timeout: string;
}

export interface MakeProps<P extends Params, W extends string> {
  /** The image's immutable reference. */
  readonly image: string;
  readonly params: Arguments<P>;
  /** @default - none, allowed when the task declares none */
  readonly workspaces?: { readonly [K in W]: ConfigMapWorkspace };
  /** The images that have to be in the registry before. */
  readonly from: readonly Pick<MadeImage, 'run'>[];
}

/** A Tekton pipeline of one task that puts an image into the registry, unless the registry has it. */
export class ImagePipeline<const P extends Params, const W extends string = never> extends Construct {
  private readonly pipeline: Pipeline<P, W>;

  /** @param name - the pipeline's name */
  constructor(
    scope: Construct,
    name: string,
    private readonly props: ImagePipelineProps<P, W>,
  ) {
    super(scope, `${name}-image-pipeline`);
    const { description, params, workspaces = [], task } = props;
    this.pipeline = new Pipeline(this, name, { description, params, workspaces });
    const own = Object.fromEntries(workspaces.map((each) => [each, each])) as { readonly [K in W]: W };
    const made = this.pipeline.addTask(name, task, { params: this.pipeline.params as unknown as Arguments<P>, workspaces: own });
    this.pipeline.addResult('digest', made.results.digest, 'The digest of the image.');
    this.pipeline.addResult('made', made.results.made, "'built', or 'found' when the registry had it already.");
  }

  /** Declares that an image is to be in the registry. */
  make(scope: Construct, id: string, { image, params, workspaces, from }: MakeProps<P, W>): MadeImage {
    const { serviceAccountName, timeout } = this.props;
    const run = new PipelineRun(scope, id, {
      pipeline: this.pipeline,
      serviceAccountName,
      timeout,
      image,
      params,
      ...(workspaces && { workspaces }),
    });
    run.node.addDependency(...from.map((each) => each.run));
    return { image, run };
  }
}
