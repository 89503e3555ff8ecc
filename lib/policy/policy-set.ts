import type { IConstruct } from 'constructs';
import type { Findings, Inspection } from '../synth/inspection';
import { podSpecsOf } from '../synth/pod-specs';
import type { SynthesizedObject } from '../synth/synthesized';
import type { Policy, PolicyName, Violation } from './policy';
import { type Waiver, waiversOf } from './waiver';

// Where an exception is meant, it is said where the object is declared, and people see it in dist/.
const REMEDY = '. Where it has to be so: waive() it at its construct, with a reason (docs/decisions/0010)';

/** A violation, with the policy that is broken and the object that breaks it. */
export interface FoundViolation extends Violation {
  readonly policy: PolicyName;
  readonly object: SynthesizedObject;
}

/**
 * Policies, applied together: at synth as an app's `policies`, and in a test over `synthesize().objects`.
 *
 * @example
 * ```ts
 * expect(environmentPolicies({ ... }).violations(app.synthesize().objects)).toEqual([]);
 * ```
 */
export class PolicySet implements Inspection {
  constructor(readonly policies: readonly Policy[]) {}

  /** What objects break, less what is waived at their constructs or above. */
  violations(objects: readonly SynthesizedObject[]): readonly FoundViolation[] {
    return this.all(objects).filter((violation) => waiverOf(violation) === undefined);
  }

  /** {@link violations}, as an app reports them, the waivers in use as notes, and the waivers of no use as problems. */
  inspect(constructs: readonly IConstruct[], objects: readonly SynthesizedObject[]): Findings {
    const problems: { construct: IConstruct; message: string }[] = [];
    const notes = new Map<SynthesizedObject, string[]>();
    const used = new Set<Waiver>();
    for (const violation of this.all(objects)) {
      const { object, policy, message } = violation;
      const waiver = waiverOf(violation);
      if (waiver === undefined)
        problems.push({ construct: object.construct, message: `breaks the policy '${policy}': ${message}${REMEDY}` });
      else {
        used.add(waiver);
        const lines = notes.get(object) ?? [];
        const line = `waived ${policy}${placeIn(violation)}: ${waiver.reason}`;
        if (!lines.includes(line)) lines.push(line);
        notes.set(object, lines);
      }
    }
    const unused = constructs.flatMap((construct) =>
      waiversOf(construct)
        .filter((waiver) => !used.has(waiver))
        .map(({ policy, container }) => ({
          construct,
          message: `waives '${policy}'${container === undefined ? '' : ` for '${container}'`}, which nothing here breaks; remove it`,
        })),
    );
    return { problems: [...problems, ...unused], notes };
  }

  private all(objects: readonly SynthesizedObject[]): readonly FoundViolation[] {
    const context = { objects };
    const found: FoundViolation[] = [];
    for (const object of objects)
      for (const policy of this.policies)
        for (const violation of policy.check(object, context)) found.push({ ...violation, policy: policy.name, object });
    return found;
  }
}

function waiverOf({ object, policy, container }: FoundViolation): Waiver | undefined {
  for (let at: IConstruct | undefined = object.construct; at !== undefined; at = at.node.scope) {
    const found = waiversOf(at).find(
      (waiver) => waiver.policy === policy && (waiver.container === undefined || waiver.container === container),
    );
    if (found) return found;
  }
  return undefined;
}

function placeIn({ object, container }: FoundViolation): string {
  if (container === undefined) return '';
  return `, ${podSpecsOf(object.manifest)[0]?.noun ?? 'container'} ${container}`;
}
