import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { sourceOf } from './chart';
import { dependencyOrder } from './dependency-order';
import type { Inspection } from './inspection';
import { manifestOf } from './manifest';
import { namesIn } from './named-objects';
import { nameProblems } from './object-names';
import { podProblems } from './pod-rules';
import { podSpecsOf } from './pod-specs';
import { pathOf, problemOf, wordsOf } from './problem';
import { danglingReferences, unplaced } from './references';
import type { SynthesizedChart, SynthesizedObject, Synthesis } from './synthesized';
import { problemsOf, SynthesisError } from './validation';

/** What an environment is held to. */
export interface EnvironmentAppProps {
  /**
   * The policies that its objects are held to.
   *
   * @default - none
   */
  readonly policies?: Inspection;
  /**
   * Whether the tree is all of the environment. Then whatever one of its objects names has to be declared, or be an `external()` object.
   *
   * @default false - a part, as where one construct is tried
   */
  readonly whole?: boolean;
}

/**
 * The root of an environment's construct tree.
 *
 * cdk8s' own synthesis takes exponential time on chains of dependencies and neither sees two objects of one name nor a name that the API
 * server will refuse. This one walks the tree once and reports every problem at once.
 */
export class EnvironmentApp extends App {
  private readonly policies: Inspection | undefined;
  private readonly whole: boolean;

  constructor(
    readonly environment: string,
    { policies, whole = false }: EnvironmentAppProps = {},
  ) {
    super();
    this.policies = policies;
    this.whole = whole;
  }

  /**
   * The objects of the environment, in dependency order.
   *
   * @throws SynthesisError naming every problem by construct path and file: cycles, objects that are invalid, doubled, cannot be rendered,
   * name what nobody declares, or break a policy
   */
  synthesize(): Synthesis {
    const order = dependencyOrder(this);
    const { objects, problems } = render(order.constructs);
    problems.push(...problemsOf(order, objects));
    if (this.whole) problems.push(...unplaced(objects), ...danglingReferences(order.constructs, objects));
    const findings = this.policies?.inspect(order.constructs, objects);
    problems.push(...(findings?.problems ?? []).map(({ construct, message }) => problemOf(construct, message)));
    if (problems.length > 0) throw new SynthesisError(this.environment, problems);
    const noted = objects.map((object) => withNotes(object, findings?.notes.get(object)));
    return { objects: noted, charts: chartsOf(noted) };
  }

  /** cdk8s would write files by itself; `writeDist` does it here. */
  override synth(): never {
    throw new Error('use synthesize() and writeDist(): cdk8s own synth() leaves stale files and is exponential in dependencies');
  }
}

function render(constructs: readonly IConstruct[]): { objects: SynthesizedObject[]; problems: string[] } {
  const objects: SynthesizedObject[] = [];
  const problems: string[] = [];
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    try {
      const object = { construct, path: pathOf(construct), manifest: manifestOf(construct) };
      mustBeReadable(object);
      objects.push(object);
    } catch (error) {
      problems.push(problemOf(construct, wordsOf(error)));
    }
  }
  return { objects, problems };
}

/** What a cast has put into an object may have any form: the rules that read pods would end in a stack trace. */
function mustBeReadable(object: SynthesizedObject): void {
  try {
    podSpecsOf(object.manifest);
    nameProblems(object);
    podProblems(object.manifest);
    namesIn(object.manifest);
  } catch (error) {
    throw new Error(`cannot be read: ${wordsOf(error)}; find the field that holds another kind of value than it should`, {
      cause: error,
    });
  }
}

function withNotes(object: SynthesizedObject, notes: readonly string[] = []): SynthesizedObject {
  return notes.length === 0 ? object : { ...object, notes };
}

function chartsOf(objects: readonly SynthesizedObject[]): readonly SynthesizedChart[] {
  const byChart = new Map<Chart, SynthesizedObject[]>();
  for (const object of objects) {
    const chart = Chart.of(object.construct);
    const own = byChart.get(chart) ?? [];
    own.push(object);
    byChart.set(chart, own);
  }
  return [...byChart].map(([construct, own]) => ({
    construct,
    name: construct.node.id,
    source: sourceOf(construct),
    objects: own,
  }));
}
