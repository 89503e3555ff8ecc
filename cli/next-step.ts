import { whyRetired } from '../stacks/ledger';
import { pinsFile } from '../stacks/pins/read-pins';
import { csb } from './csb';
import type { ImageStatus } from './render-status';

const LEDGER = 'stacks/ledger.ts';

/** The next step of an image on its way over in an environment: what is true now, and what to do. */
export function nextStep(status: ImageStatus, environment: string): readonly string[] {
  const { name, state, declared, contract } = status;
  const makes = csb(environment, 'up');
  switch (state) {
    case 'legacy':
      return [
        'The legacy repository builds it, and nothing here declares it.',
        `Next: declare its successor, an image '${name}' (languages/README.md), and say 'building' in ${LEDGER}.`,
        `Until then: ${csb(environment, `rebuild ${name} --legacy <checkout of the legacy repository>`)}`,
      ];
    case 'building': {
      if (declared === null && status.lacks !== undefined)
        return [
          `Nothing declares it here, since the settings name no mirror.${status.lacks}, which it is made from: the legacy repository builds it.`,
          `Next: name one in Pulumi.${environment}.yaml, npm run synth, and review dist/. Until then: ${csb(environment, `rebuild ${name} --legacy <checkout of the legacy repository>`)}`,
        ];
      if (declared === null)
        return [
          'Nothing declares it yet, so the legacy repository builds it.',
          `Next: declare an image '${name}' (languages/README.md), lock its stack, npm run synth, and review dist/.`,
        ];
      const missing = missingOf(status);
      if (missing !== undefined) return [missing, `Next: ${makes}`];
      return [
        `It is made, passes its contract (${contract === null ? 0 : contract.passed + contract.byCanary} items), and is public as :testing; :latest stays the legacy one.`,
        `Next: read docs/parity/${name}.md for what it lacks, say 'shadow' in ${LEDGER}, and ask those who use it to try :testing.`,
      ];
    }
    case 'shadow': {
      const missing = missingOf(status);
      if (missing !== undefined) return [missing, `Next: ${makes}`];
      return [
        'Tools can try it as :testing; :latest is the legacy one.',
        `Next, when those who tried it miss nothing: say 'promoted' in ${LEDGER}, npm run synth, ${makes}.`,
        'What :latest was stays in the registry as was-latest-<digest>.',
      ];
    }
    case 'promoted': {
      if (status.isPinned)
        return [
          `It is pinned to what was public before; ${pinsFile(environment)} says why.`,
          `Next: mend the reason, ${csb(environment, `unpin ${name}`)}, ${makes}.`,
        ];
      const missing = missingOf(status);
      if (missing !== undefined) return [missing, `Next: ${makes}`];
      return [
        `${status.public.reference} is ours, made as declared, and has passed its contract.`,
        `Nothing is left to do. The way back: ${csb(environment, `rollback ${name} --reason <why>`)}`,
      ];
    }
    case 'retired':
      return [`Nobody builds it any more: ${whyRetired(name)}.`, 'Nothing is left to do.'];
    case 'new': {
      const missing = missingOf(status);
      const isNew = 'It succeeds no legacy image.';
      return missing === undefined ? [isNew, 'Nothing is left to do.'] : [isNew, missing, `Next: ${makes}`];
    }
  }
}

/** What of it is not there yet. */
function missingOf({ name, declared, contract, isChosen, isPinned, isHealthy, ...status }: ImageStatus): string | undefined {
  if (declared === null) return `Nothing declares an image '${name}'.`;
  if (declared.digest === null)
    return isChosen
      ? 'It is declared, and not made yet.'
      : 'It is declared, and not made here: the setting families leaves its family out.';
  if (contract === null || contract.failed > 0) return 'It is made, and no report that it passed its contract is attested.';
  if (!contract.isToday && !isPinned) return 'It passed an older contract, not the one of today.';
  return isHealthy ? undefined : `${status.public.reference} is not what is declared.`;
}
