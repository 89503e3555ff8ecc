import type { CHECKS } from './checks';
import type { Section } from '../../../lib/buildpacks/specification/problem';

/** What the specification asks of a platform, and why it is so here. */
export interface Requirement {
  readonly section: Section;
  readonly level: 'MUST' | 'SHOULD';
  /** The rule in our own words. */
  readonly rule: string;
  readonly held: Held;
}

/** A check at synth over what is declared; a file that cannot but do it; or nothing here that it would be about. */
export type Held =
  | { readonly check: keyof typeof CHECKS }
  | { readonly heldBy: string; readonly how: string }
  | { readonly notApplicable: string };
