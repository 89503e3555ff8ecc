import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isRetained } from '../synth/retained';
import type { SynthesizedObject } from '../synth/synthesized';
import { objectAnnotations } from './annotations';
import { attemptOf, type Attempts, parseRunName } from './attempts';
import { refusal } from './refusal';
import { type Explain, isRun, outcomeOf, RUN_ANNOTATIONS, runOptions, type RunOutcome } from './run-outcome';

export interface DeployOptions {
  readonly provider: pulumi.ProviderResource;
  readonly attempts: Attempts;
  readonly explain: Explain;
}

/** What came of a deployment. */
export interface Deployment {
  /** Image reference to what its run reported, by construct path. Known once the runs have completed. */
  readonly runs: Readonly<Record<string, pulumi.Output<RunOutcome>>>;
}

/** Constant type tokens: the type is part of every URN below it, so renaming a class must not change it. */
class ChartComponent extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super('cloud-services-buildpacks:index:Chart', name, {}, opts);
  }
  /** Says that all its objects are registered. */
  close(): void {
    this.registerOutputs({});
  }
}

type TypedClass = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/**
 * Registers every synthesized object with Pulumi: one resource an object, named by construct path, one component a chart.
 *
 * Dependencies between constructs become dependsOn. What depends on a run waits for its outcome and is not touched when it failed.
 *
 * @throws RunError when an attempt is wanted of a run that is not declared
 */
export function deployObjects(objects: readonly SynthesizedObject[], options: DeployOptions): Deployment {
  mustBeDeclared(objects, options.attempts);
  const components = new Map<IConstruct, ChartComponent>();
  const resources = new Map<IConstruct, pulumi.Input<pulumi.Resource>>();
  const runs: Record<string, pulumi.Output<RunOutcome>> = {};

  for (const object of objects) {
    const parent = componentOf(Chart.of(object.construct), components);
    const dependsOn = dependenciesOf(object, components, resources);
    const retainOnDelete = isRetained(object.manifest);
    const opts: pulumi.CustomResourceOptions = { parent, provider: options.provider, dependsOn, retainOnDelete };
    if (isRun(object.manifest)) {
      const attempt = attemptOf(object.manifest.metadata.name, options.attempts);
      const renamed = { ...object, manifest: attempt.rename(object.manifest) };
      const resource = register(renamed, { ...opts, ...runOptions(object.manifest, attempt) });
      const outcome = outcomeOf(resource, options.explain);
      runs[object.path] = outcome;
      // In a preview nobody knows the outcome: what depends on the run is shown as if it went well.
      resources.set(object.construct, pulumi.runtime.isDryRun() ? resource : outcome.apply(() => resource));
    } else {
      resources.set(object.construct, register(object, opts));
    }
  }
  for (const component of components.values()) component.close();
  return { runs };
}

function mustBeDeclared(objects: readonly SynthesizedObject[], attempts: Attempts): void {
  const declared = new Set(objects.map(({ manifest }) => parseRunName(manifest.metadata.name)?.run));
  for (const run of attempts.keys())
    if (!declared.has(run))
      throw refusal(`no run '${run}' is declared any more: its spec has changed since. \`up\` makes the new one`);
}

function register(object: SynthesizedObject, opts: pulumi.CustomResourceOptions): pulumi.CustomResource {
  const { manifest } = object;
  const metadata = {
    ...manifest.metadata,
    annotations: { ...manifest.metadata.annotations, ...objectAnnotations(object), ...(isRun(manifest) && RUN_ANNOTATIONS) },
  };
  const Typed = typedClass(manifest.apiVersion, manifest.kind);
  if (Typed !== undefined) return new Typed(resourceName(object), { ...manifest, metadata }, opts);
  // Naming `status` makes the SDK hand it back as an output.
  const args = { ...manifest, metadata, ...(isRun(manifest) && { status: undefined }) };
  return new k8s.apiextensions.CustomResource(resourceName(object), args, opts);
}

/** A run's spec is part of its resource's name: another spec is another run, never an update or a replacement of the old one. */
function resourceName({ path, manifest }: SynthesizedObject): string {
  return isRun(manifest) ? `${path}#${/-([0-9a-f]{10})-\d+$/.exec(manifest.metadata.name)?.[1] ?? manifest.metadata.name}` : path;
}

function typedClass(apiVersion: string, kind: string): TypedClass | undefined {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['core', apiVersion];
  const module = group.replace(/\.authorization\.k8s\.io$|\.k8s\.io$/, '');
  const modules = k8s as unknown as Record<string, Record<string, Record<string, TypedClass>>>;
  return modules[module]?.[version]?.[kind];
}

/** A chart's component, made when the first of its objects is: all objects of the charts it depends on are registered by then. */
function componentOf(chart: Chart, components: Map<IConstruct, ChartComponent>): ChartComponent {
  const known = components.get(chart);
  if (known !== undefined) return known;
  // A chart without objects has no component, and nothing that could be waited for.
  const dependsOn = chart.node.dependencies.map((each) => components.get(each)).filter((each) => each !== undefined);
  const component = new ChartComponent(chart.node.path, { dependsOn });
  components.set(chart, component);
  return component;
}

/** What an object, or a construct around it below its chart, depends on. The chart's own dependencies are its component's. */
function dependenciesOf(
  { construct, path }: SynthesizedObject,
  components: ReadonlyMap<IConstruct, ChartComponent>,
  resources: ReadonlyMap<IConstruct, pulumi.Input<pulumi.Resource>>,
): pulumi.Input<pulumi.Resource>[] {
  const around = construct.node.scopes.slice(construct.node.scopes.indexOf(Chart.of(construct)) + 1);
  const targets = new Set(around.flatMap((each) => each.node.dependencies));
  return [...targets].flatMap((target) => {
    const component = components.get(target);
    if (component !== undefined) return [component];
    const below = target.node.findAll().filter((each) => ApiObject.isApiObject(each));
    return below.map((each) => {
      const resource = resources.get(each);
      if (resource === undefined) throw new Error(`${path} depends on ${each.node.path}, which is not registered before it`);
      return resource;
    });
  });
}
