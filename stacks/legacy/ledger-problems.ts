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
 * @param leftOut - the families that an environment cannot have, for want of a registry that they read
 * @returns a line a problem
 */
export function undeclaredProblems(ledger: Ledger, declared: readonly string[], leftOut: readonly string[] = []): string[] {
  return Object.entries(ledger)
    .filter(
      ([name, standing]) => isCurrent(name) && ['shadow', 'promoted'].includes(stateOf(standing)) && !declared.includes(name),
    )
    .filter(([name]) => !leftOut.some((family) => name.startsWith(`${family}-`)))
    .map(
      ([name, standing]) =>
        `'${name}' is ${stateOf(standing)} in stacks/ledger.ts, and no declaration has an image of that name; declare it, or say 'legacy'`,
    );
}
