import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { DECLARATIONS, declaringFile } from './source-file';

/** Where a chart's objects go, and after which others. */
export interface EnvironmentChartProps {
  /**
   * The namespace of the chart's objects that name none themselves.
   *
   * @default - each object names its own
   */
  readonly namespace?: string;
  /**
   * The charts whose objects have to be there before those of this one.
   *
   * @default - none
   */
  readonly after?: readonly Chart[];
}

/**
 * A chart of an environment: one file of dist/<environment>/, named by the chart's id.
 *
 * Its objects' names never end in a hash, and it knows the file that declares it: dist/ names that file, and so does each problem of an
 * object below it.
 *
 * @example
 * ```ts
 * // in stacks/bookworm.ts
 * export class BookwormChart extends EnvironmentChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'bookworm', { namespace: 'image-build' });
 *   }
 * }
 * new BookwormChart(app).source; // 'stacks/bookworm.ts'
 * ```
 */
export class EnvironmentChart extends Chart {
  /** cdk8s says of each chart that it is an instance of each subclass of Chart; here `instanceof` means what it means elsewhere. */
  static override [Symbol.hasInstance](value: unknown): value is EnvironmentChart {
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** The file that declares the chart, relative to the project's root: `stacks/bookworm.ts`. */
  readonly source: string;

  constructor(scope: Construct, id: string, { namespace, after = [] }: EnvironmentChartProps = {}) {
    super(scope, id, { disableResourceNameHashes: true, ...(namespace !== undefined && { namespace }) });
    this.source = declaringFile();
    this.addDependency(...after);
  }
}

/** The file that declares a construct: that of the nearest chart around it which knows one, else the folder of all declarations. */
export function sourceOf(construct: IConstruct): string {
  return knownSourceOf(construct) ?? DECLARATIONS;
}

/** The file that declares a construct; undefined below plain cdk8s charts, and where no file of the project's was on the stack. */
export function knownSourceOf(construct: IConstruct): string | undefined {
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope)
    if (at instanceof EnvironmentChart) return at.source === DECLARATIONS ? undefined : at.source;
  return undefined;
}
