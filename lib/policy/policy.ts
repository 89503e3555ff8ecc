import type { SynthesizedObject } from '../synth/synthesized';

/** The names by which waivers speak of policies. */
export type PolicyName =
  | 'non-root'
  | 'capabilities'
  | 'seccomp'
  | 'resources'
  | 'no-token'
  | 'images'
  | 'credentials'
  | 'shared-pods'
  | 'network-policies'
  | 'no-wildcards'
  | 'host-paths'
  | 'host-namespaces'
  | 'pod-security';

/** Where an object breaks a policy. */
export interface Violation {
  /** The container, or step of a task, where it is one's. @default - the whole object's */
  readonly container?: string;
  /** What was found, and what to do. The object's path is put before it. */
  readonly message: string;
}

/** All objects of an environment, for policies that look at more than one. */
export interface PolicyContext {
  readonly objects: readonly SynthesizedObject[];
}

/** A rule that the objects of an environment are held to. */
export interface Policy {
  readonly name: PolicyName;
  /** The rule, as a sentence. */
  readonly rule: string;
  /** How an object breaks it: nothing when it does not, or when the rule says nothing of such objects. */
  check(object: SynthesizedObject, context: PolicyContext): readonly Violation[];
}
