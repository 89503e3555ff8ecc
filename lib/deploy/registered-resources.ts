import type * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ChartComponent } from './chart-component';

/** What was registered so far, and what of it stands for a construct that something depends on. */
export class Registered {
  readonly components = new Map<IConstruct, ChartComponent>();
  private readonly resources = new Map<IConstruct, pulumi.Input<pulumi.Resource>>();
  private readonly runs = new Map<Chart, pulumi.Input<pulumi.Resource>[]>();
  private readonly standing = new Map<IConstruct, readonly pulumi.Input<pulumi.Resource>[]>();

  /**
   * Notes the resource that an object has become.
   *
   * @param resource - for a run: known only when it went well, so that what depends on it is not touched otherwise
   */
  add(construct: ApiObject, resource: pulumi.Input<pulumi.Resource>, isRun: boolean): void {
    this.resources.set(construct, resource);
    if (!isRun) return;
    const chart = Chart.of(construct);
    this.runs.set(chart, [...(this.runs.get(chart) ?? []), resource]);
  }

  /** What a chart's component depends on: what the chart depends on, or a construct around it. */
  ofChart(chart: Chart): pulumi.Input<pulumi.Resource>[] {
    return this.of(chart.node.scopes);
  }

  /**
   * What an object depends on, or a construct around it below its chart. The chart's own dependencies are its component's.
   *
   * @param without - what it need not wait for
   */
  ofObject(construct: ApiObject, without: readonly IConstruct[] = []): pulumi.Input<pulumi.Resource>[] {
    const { scopes } = construct.node;
    return this.of(scopes.slice(scopes.indexOf(Chart.of(construct)) + 1), without);
  }

  private of(dependants: readonly IConstruct[], without: readonly IConstruct[] = []): pulumi.Input<pulumi.Resource>[] {
    const targets = new Set(dependants.flatMap((each) => each.node.dependencies));
    for (const each of without) targets.delete(each);
    return [...new Set([...targets].flatMap((target) => this.standingFor(target)))];
  }

  /**
   * A whole chart is one component, which spares an edge between any two objects; its runs count by their outcome. Pulumi takes a component
   * without children for nothing at all (pulumi#8721), so what is empty stands for what it depends on itself.
   */
  private standingFor(target: IConstruct): readonly pulumi.Input<pulumi.Resource>[] {
    const known = this.standing.get(target);
    if (known !== undefined) return known;
    const within = target.node.findAll();
    const charts = new Set(within.filter((each) => Chart.isChart(each)));
    const found = new Set<pulumi.Input<pulumi.Resource>>();
    for (const each of within) {
      if (ApiObject.isApiObject(each)) {
        const chart = Chart.of(each);
        const component = charts.has(chart) ? this.components.get(chart) : undefined;
        for (const resource of component ? [component, ...(this.runs.get(chart) ?? [])] : [this.registered(each, target)])
          found.add(resource);
      } else if (!each.node.findAll().some((below) => ApiObject.isApiObject(below)))
        for (const resource of each.node.dependencies.flatMap((further) => this.standingFor(further))) found.add(resource);
    }
    this.standing.set(target, [...found]);
    return [...found];
  }

  private registered(object: ApiObject, target: IConstruct): pulumi.Input<pulumi.Resource> {
    const resource = this.resources.get(object);
    if (resource === undefined)
      throw new Error(`something depends on ${target.node.path}, but its ${object.node.path} is not registered yet`);
    return resource;
  }
}
