import type { IConstruct } from 'constructs';
import type { PolicyName } from './policy';

/** A policy that does not hold for the objects of a construct, and why. */
export interface Waiver {
  readonly policy: PolicyName;
  /** The one container, or step, of which it does not hold. @default - the whole object, with all of them */
  readonly container?: string;
  /** Why, as a sentence for whoever reviews dist/. */
  readonly reason: string;
}

const waivers = new WeakMap<IConstruct, Waiver[]>();

/**
 * Says that a policy does not hold for the objects at and below a construct. dist/ shows it above each object that it is needed for; one
 * that nothing needs is a problem.
 *
 * @example
 * ```ts
 * waive(task, { policy: 'non-root', container: 'install', reason: 'Maintainer scripts of Debian packages are written for root.' });
 * ```
 * @throws Error when the reason is empty or has more than one line
 */
export function waive(construct: IConstruct, waiver: Waiver): void {
  const { policy, reason } = waiver;
  if (reason.trim() === '' || /[\r\n]/.test(reason))
    throw new Error(
      `${construct.node.path}: the waiver of '${policy}' has the reason ${JSON.stringify(reason)}; say in one line why the policy does ` +
        'not hold here',
    );
  waivers.set(construct, [...waiversOf(construct), waiver]);
}

/**
 * Says that one step of a task is root, with the capabilities that containers have by default.
 *
 * @throws Error when the reason is empty or has more than one line
 */
export function waiveRoot(task: IConstruct, container: string, reason: string): void {
  waive(task, { policy: 'non-root', container, reason });
  waive(task, { policy: 'capabilities', container, reason });
}

/** The waivers that were given at a construct itself. */
export function waiversOf(construct: IConstruct): readonly Waiver[] {
  return waivers.get(construct) ?? [];
}
