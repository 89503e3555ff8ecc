import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { sourceOf } from './chart';
import { dependencyOrder } from './dependency-order';
import type { Manifest, SynthesizedObject, Synthesis } from './synthesized';
import { problemsOf, SynthesisError } from './validation';

/**
 * The root of an environment's construct tree.
 *
 * cdk8s' own synthesis takes exponential time on chains of dependencies and neither sees two objects of one name nor a name that the API
 * server will refuse. This one walks the tree once and reports every problem at once.
 */
export class EnvironmentApp extends App {
  constructor(readonly environment: string) {
    super();
  }

  /**
   * The objects of the environment, in dependency order.
   *
   * @throws SynthesisError naming every invalid or doubled object by construct path
   * @throws Error naming the path of a dependency cycle
   */
  synthesize(): Synthesis {
    const objects = dependencyOrder(this)
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((construct) => ({ construct, path: identity(construct), manifest: manifestOf(construct) }));
    const problems = problemsOf(this, objects);
    if (problems.length > 0) throw new SynthesisError(this.environment, problems);
    const byChart = new Map<Chart, SynthesizedObject[]>();
    for (const object of objects) {
      const chart = Chart.of(object.construct);
      const own = byChart.get(chart) ?? [];
      own.push(object);
      byChart.set(chart, own);
    }
    return {
      objects,
      charts: [...byChart].map(([construct, own]) => ({
        construct,
        name: construct.node.id,
        source: sourceOf(construct),
        objects: own,
      })),
    };
  }

  /** cdk8s would write files by itself; `writeDist` does it here. */
  override synth(): never {
    throw new Error('use synthesize() and writeDist(): cdk8s own synth() leaves stale files and is exponential in dependencies');
  }
}

function identity(construct: IConstruct): string {
  return construct.node.path.replace(/\/Resource$/, '');
}

// The kinds that this project declares outside of namespaces. A chart's namespace would otherwise be written into them.
const CLUSTER_SCOPED = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
]);

function manifestOf(construct: ApiObject): Manifest {
  const manifest = construct.toJson() as Manifest;
  if (!CLUSTER_SCOPED.has(manifest.kind)) return manifest;
  const { namespace, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}
