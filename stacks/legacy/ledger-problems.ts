import { isCurrent, isLegacy } from './catalogue';
import { type Ledger, stateOf } from './standing';

/**
 * What declarations and ledger say against each other.
 *
 * @param declared - the names of all platform images, such as `python311-sssd-web`
 * @returns a line a problem
 */
export function ledgerProblems(ledger: Ledger, declared: readonly string[]): string[] {
  return declared.filter(isLegacy).flatMap((name) => {
    const state = stateOf(ledger[name]);
    if (state === 'retired')
      return [
        `'${name}' is retired in stacks/ledger.ts, and declared; an image of that name is the old one to whoever still runs it, name it otherwise`,
      ];
    return state === 'legacy' ? [`'${name}' is declared, and legacy in stacks/ledger.ts; expected there is 'building'`] : [];
  });
}

/**
 * What is public of ours by the ledger, and declared nowhere. It holds of all families, not of some.
 *
 * @param isLeftOut - whether the environment cannot have an image, for want of a registry that its family reads
 * @returns a line a problem
 */
export function undeclaredProblems(
  ledger: Ledger,
  declared: readonly string[],
  isLeftOut: (image: string) => boolean = () => false,
): string[] {
  return Object.entries(ledger)
    .filter(
      ([name, standing]) => isCurrent(name) && ['shadow', 'promoted'].includes(stateOf(standing)) && !declared.includes(name),
    )
    .filter(([name]) => !isLeftOut(name))
    .map(
      ([name, standing]) =>
        `'${name}' is ${stateOf(standing)} in stacks/ledger.ts, and no declaration has an image of that name; declare it, or say 'legacy'`,
    );
}
