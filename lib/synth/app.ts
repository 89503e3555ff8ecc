import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { dependencyOrder } from './dependency-order';
import type { Manifest, SynthesizedChart, SynthesizedObject } from './synthesized';
import { problemsOf, SynthesisError } from './validation';

/**
 * The root of an environment's construct tree.
 *
 * cdk8s' own synthesis takes exponential time on chains of dependencies and neither sees two objects of one name nor a name that the API
 * server will refuse (facts/cdk8s-pulumi.md, F and E7). This one walks the tree once and reports every problem at once.
 */
export class EnvironmentApp extends App {
  constructor(readonly environment: string) {
    super();
  }

  /**
   * The objects of the environment, by chart, in dependency order.
   *
   * @throws SynthesisError naming every invalid, doubled or cyclic object by construct path
   */
  synthesize(): readonly SynthesizedChart[] {
    const ordered = dependencyOrder(this);
    const charts = new Map<Chart, SynthesizedObject[]>();
    for (const construct of ordered) {
      if (Chart.isChart(construct)) charts.set(construct, charts.get(construct) ?? []);
      if (!ApiObject.isApiObject(construct)) continue;
      const chart = Chart.of(construct);
      const objects = charts.get(chart) ?? [];
      objects.push({ construct, path: identity(construct), manifest: manifestOf(construct) });
      charts.set(chart, objects);
    }
    const synthesized = [...charts].map(([construct, objects]) => ({ construct, name: construct.node.id, objects }));
    const problems = problemsOf(this, synthesized);
    if (problems.length > 0) throw new SynthesisError(this.environment, problems);
    return synthesized.filter(({ objects }) => objects.length > 0);
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
