import { Construct, type IConstruct } from 'constructs';
import { type Params, type References, references } from './params';

/** What a pipeline takes. */
export interface PipelineInterface<P extends Params, W extends string> {
  /** @default - none */
  readonly params?: P;
  /** @default - none */
  readonly workspaces?: readonly W[];
}

/** A pipeline that can be run: `Pipeline`, or one that is in the cluster already (`Pipeline.fromPipelineName()`). */
export interface IPipeline<P extends Params, W extends string> extends IConstruct {
  readonly name: string;
  /** The variables that stand for the run's arguments. */
  readonly params: References<P>;
  readonly workspaces: readonly W[];
  /** What they are, by name. */
  readonly declaredParams: P;
  /** The names under which it has its tasks; of an imported pipeline nobody knows them. */
  readonly taskNames: readonly string[] | undefined;
  /** All that a run of it executes, as far as it is known. Nothing can be added afterwards. */
  seal(): object;
}

/** A pipeline of which its name and interface are known. `Pipeline.fromPipelineName()` makes it. */
export class ImportedPipeline<P extends Params, W extends string> extends Construct implements IPipeline<P, W> {
  readonly params: References<P>;
  readonly declaredParams: P;
  readonly workspaces: readonly W[];
  readonly taskNames = undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly name: string,
    private readonly declared: PipelineInterface<P, W>,
  ) {
    super(scope, id);
    this.declaredParams = declared.params ?? ({} as P);
    this.params = references(this.node.path, this.declaredParams);
    this.workspaces = declared.workspaces ?? [];
  }

  seal(): object {
    return { imported: this.name, ...this.declared };
  }
}
