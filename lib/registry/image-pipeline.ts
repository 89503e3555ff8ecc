import type { Construct } from 'constructs';
import type { Arguments, Params } from '../tekton/params';
import { Pipeline } from '../tekton/pipeline';
import { PipelineRun, type PipelineRunProps, type Workspaces } from '../tekton/pipeline-run';
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

export type MakeProps<P extends Params, W extends string> = OwnProps<P> & Workspaces<W>;

interface OwnProps<P extends Params> {
  /** The image's immutable reference. */
  readonly image: string;
  readonly params: Arguments<P>;
  /** The images that have to be in the registry before. */
  readonly from: readonly Pick<MadeImage, 'run'>[];
}

/** A Tekton pipeline of one task that puts an image into the registry, unless the registry has it. */
export class ImagePipeline<const P extends Params, const W extends string = never> extends Pipeline<P, W> {
  private readonly runProps: { readonly serviceAccountName: string; readonly timeout: string };

  constructor(
    scope: Construct,
    id: string,
    { description, params, workspaces = [], task, serviceAccountName, timeout }: ImagePipelineProps<P, W>,
  ) {
    super(scope, id, { description, params, workspaces });
    this.runProps = { serviceAccountName, timeout };
    const own = Object.fromEntries(workspaces.map((each) => [each, each])) as { readonly [K in W]: W };
    const made = this.addTask(id, task, { params: this.params as unknown as Arguments<P>, workspaces: own });
    this.addResult('digest', made.results.digest, 'The digest of the image.');
    this.addResult('made', made.results.made, "'built', or 'found' when the registry had it already.");
  }

  /** Declares that an image is to be in the registry. */
  make(scope: Construct, id: string, { from, ...props }: MakeProps<P, W>): MadeImage {
    const runProps = { ...props, ...this.runProps, pipeline: this };
    const run = new PipelineRun<P, W>(scope, id, runProps as unknown as PipelineRunProps<P, W>);
    run.node.addDependency(...from.map((each) => each.run));
    return { image: props.image, run };
  }
}
