import type { ApiObject, Chart } from 'cdk8s';

/** A Kubernetes object, as far as synthesis looks into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** One Kubernetes object of an environment, with the construct that declared it. */
export interface SynthesizedObject {
  readonly construct: ApiObject;
  /** The construct path without the closing `/Resource`: the object's identity for people and for Pulumi. */
  readonly path: string;
  readonly manifest: Manifest;
  /** What whoever reviews it has to know, as lines: rules that do not hold for it, and why. @default - nothing */
  readonly notes?: readonly string[];
}

/** An environment, synthesized. */
export interface Synthesis {
  readonly charts: readonly SynthesizedChart[];
  /** All objects of all charts, each after what it depends on. */
  readonly objects: readonly SynthesizedObject[];
}

/** One chart: a file in dist/, a component in Pulumi. Charts and objects stand in dependency order. */
export interface SynthesizedChart {
  readonly construct: Chart;
  /** The file's name in dist/<environment>/, without extension. */
  readonly name: string;
  /** The file that declares it, relative to the project's root. */
  readonly source: string;
  readonly objects: readonly SynthesizedObject[];
}
