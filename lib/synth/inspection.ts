import type { IConstruct } from 'constructs';
import type { SynthesizedObject } from './synthesized';

/** What an environment is held to beyond what Kubernetes asks: the policies of lib/policy are one. */
export interface Inspection {
  /** Looks at all objects of a tree at once. */
  inspect(constructs: readonly IConstruct[], objects: readonly SynthesizedObject[]): Findings;
}

/** What an inspection has found. */
export interface Findings {
  /** What is wrong, with whom. */
  readonly problems: readonly { readonly construct: IConstruct; readonly message: string }[];
  /** What whoever reviews an object has to know: comment lines above it in dist/, without their `#`. */
  readonly notes: ReadonlyMap<SynthesizedObject, readonly string[]>;
}
