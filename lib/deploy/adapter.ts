import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { FormerPaths } from '../synth/aliases';
import { isRetained } from '../synth/retained';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { objectAnnotations } from './annotations';
import { attemptOf, type Attempts, parseRunName } from './attempts';
import { ChartComponent } from './chart-component';
import { lastingOf, laterOf } from './later';
import { Registered } from './registered-resources';
import { refusal } from './refusal';
import { resourceName } from './resource-name';
import type { Explain } from './run-failure';
import { isRun, outcomeOf, RUN_ANNOTATIONS, runOptions, type RunOutcome } from './run-outcome';

/** With what, and how, objects are deployed. */
export interface DeployOptions {
  readonly provider: pulumi.ProviderResource;
  readonly attempts: Attempts;
  /** What the constructs were called before. */
  readonly formerPaths: FormerPaths;
  readonly explain: Explain;
  /** What runs of the cluster have left that need not be made again (`Lasting`). @default - nothing is known */
  readonly madeBefore?: ReadonlySet<string>;
  /** Looks after a run until what it returns is called: the provider does not notice when somebody deletes it. */
  readonly watchRun: (manifest: Manifest) => () => void;
}

/** What came of a deployment. */
export interface Deployment {
  /** Image reference to what its run reported, by construct path. Known once the runs have completed. */
  readonly runs: Readonly<Record<string, pulumi.Output<RunOutcome>>>;
}

type TypedClass = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/**
 * Registers every synthesized object with Pulumi: one resource an object, named by construct path, one component a chart.
 *
 * Dependencies between constructs become dependsOn. What depends on a run waits for its outcome and is not touched when it failed; a run
 * does not wait for what it only needed to make what was made before, and that is made when all such runs have ended, well or not: after a security
 * update, images go before builders. (One that cannot begin, since its run image failed, holds builders back until it can.) What was renamed or moved
 * keeps its live object (docs/decisions/0007).
 *
 * @throws RunError when an attempt is wanted of a run that is not declared
 */
export function deployObjects(objects: readonly SynthesizedObject[], options: DeployOptions): Deployment {
  mustBeDeclared(objects, options.attempts);
  const registered = new Registered();
  const runs: Record<string, pulumi.Output<RunOutcome>> = {};
  const later = laterOf(objects, (each) => madeBefore(each, options)?.from ?? []);
  /** The runs that do without what is made later; the resource is there when the run has ended, well or not. */
  const before = new Map<IConstruct, pulumi.Resource>();

  for (const object of [...objects.filter((each) => !later.has(each)), ...later]) {
    const parent = componentOf(Chart.of(object.construct), registered, options.formerPaths);
    const lasting = madeBefore(object, options);
    const dependsOn = [
      ...registered.ofObject(object.construct, lasting?.from),
      ...[...before].filter(([run]) => later.has(object) || run === lasting?.after).map(([, resource]) => resource),
    ];
    const retainOnDelete = isRetained(object.manifest);
    const opts: pulumi.CustomResourceOptions = { parent, provider: options.provider, dependsOn, retainOnDelete };
    if (isRun(object.manifest)) {
      const attempt = attemptOf(object.manifest.metadata.name, options.attempts);
      const renamed = { ...object, manifest: attempt.rename(object.manifest) };
      const resource = register(renamed, options.formerPaths, { ...opts, ...runOptions(object.manifest, attempt) });
      if (!pulumi.runtime.isDryRun()) resource.id.apply(options.watchRun(deployed(renamed, options.formerPaths)));
      if (lasting !== undefined) before.set(lasting.run, resource);
      const outcome = outcomeOf(resource, options.explain);
      runs[object.path] = outcome;
      // In a preview nobody knows the outcome: what depends on the run is shown as if it went well.
      registered.add(object.construct, pulumi.runtime.isDryRun() ? resource : outcome.apply(() => resource), true);
    } else {
      registered.add(object.construct, register(object, options.formerPaths, opts), false);
    }
  }
  for (const component of registered.components.values()) component.close();
  return { runs };
}

/** What of a run was made before. A later attempt makes all anew: what was made may be there no more. */
function madeBefore(object: SynthesizedObject, { attempts, madeBefore: known }: DeployOptions): ReturnType<typeof lastingOf> {
  return attemptOf(object.manifest.metadata.name, attempts).wanted ? undefined : lastingOf(object, known);
}

function mustBeDeclared(objects: readonly SynthesizedObject[], attempts: Attempts): void {
  const declared = new Set(objects.map(({ manifest }) => parseRunName(manifest.metadata.name)?.run));
  for (const run of attempts.keys())
    if (!declared.has(run))
      throw refusal(`no run '${run}' is declared any more: its spec has changed since. \`up\` makes the new one`);
}

/** A manifest with what deployment adds to it. */
function deployed(object: SynthesizedObject, formerPaths: FormerPaths): Manifest {
  const { manifest, path } = object;
  const own = objectAnnotations(object, formerPaths.originOf(path));
  const annotations = { ...manifest.metadata.annotations, ...own, ...(isRun(manifest) && RUN_ANNOTATIONS) };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

function register(
  object: SynthesizedObject,
  formerPaths: FormerPaths,
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const { path } = object;
  const manifest = deployed(object, formerPaths);
  const name = resourceName(path, object);
  // The chart's name is no part of a URN, so the former parent need not be said.
  const opts = { ...options, aliases: formerPaths.of(path).map((former) => ({ name: resourceName(former, object) })) };
  const Typed = typedClass(manifest.apiVersion, manifest.kind);
  if (Typed !== undefined) return new Typed(name, manifest, opts);
  // Naming `status` makes the SDK hand it back as an output.
  const args = { ...manifest, ...(isRun(manifest) && { status: undefined }) };
  return new k8s.apiextensions.CustomResource(name, args, opts);
}

function typedClass(apiVersion: string, kind: string): TypedClass | undefined {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['core', apiVersion];
  const module = group.replace(/\.authorization\.k8s\.io$|\.k8s\.io$/, '');
  const modules = k8s as unknown as Record<string, Record<string, Record<string, TypedClass>>>;
  return modules[module]?.[version]?.[kind];
}

/** A chart's component, made when the first of its objects is: all objects of the charts it depends on are registered by then. */
function componentOf(chart: Chart, registered: Registered, formerPaths: FormerPaths): ChartComponent {
  const known = registered.components.get(chart);
  if (known !== undefined) return known;
  const { path } = chart.node;
  const component = new ChartComponent(path, {
    dependsOn: registered.ofChart(chart),
    aliases: formerPaths.of(path).map((name) => ({ name })),
  });
  registered.components.set(chart, component);
  return component;
}
