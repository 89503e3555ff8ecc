import type { Construct, IConstruct } from 'constructs';
import type { Params } from '../tekton/params';
import { PipelineRun, type PipelineRunProps } from '../tekton/pipeline-run';
import type { Address } from './address';
import type { IImage } from './image';

/** What a run executes, and which image is in the registry when it is done. */
export type ImageRunProps<P extends Params, W extends string> = PipelineRunProps<P, W> & {
  /** Its reference, which is never moved. */
  readonly image: string;
  readonly address: Address;
  /** What has to be there before. */
  readonly from: readonly IConstruct[];
};

/** A run that puts an image into the registry, and so the image: what `make()` of every pipeline of images declares. */
export class ImageRun<const P extends Params = Params, const W extends string = string>
  extends PipelineRun<P, W>
  implements IImage
{
  readonly reference: string;
  readonly address: Address;

  constructor(scope: Construct, id: string, props: ImageRunProps<P, W>) {
    super(scope, id, props);
    this.reference = props.image;
    this.address = props.address;
    this.node.addDependency(...props.from);
  }
}
