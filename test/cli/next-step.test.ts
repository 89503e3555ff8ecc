import { nextStep } from '../../cli/next-step';
import type { ImageStatus } from '../../cli/render-status';

const digest = `sha256:${'a'.repeat(64)}`;
const contract = { contract: 'today', passed: 25, failed: 0, notApplicable: 3, seconds: 41, isToday: true };
const done: ImageStatus = {
  ...{ name: 'node18-sssd-web', state: 'building', isHealthy: false, isPinned: false, isChosen: true, contract, size: null },
  declared: { reference: 'registry.test/toolforge-node18-sssd-web:c-0', digest },
  public: { reference: 'registry.test/toolforge-node18-sssd-web:latest', digest: null },
};
const told = (status: Partial<ImageStatus>): string => nextStep({ ...done, ...status }, 'tools').join('\n');

test('each state has a next one, as soon as what it says is true', () => {
  expect(told({ state: 'legacy', declared: null, contract: null })).toContain("say 'building' in stacks/ledger.ts");
  expect(told({})).toContain("say 'shadow' in stacks/ledger.ts");
  expect(told({ state: 'shadow' })).toContain("say 'promoted' in stacks/ledger.ts");
  const healthy = { ...done.public, digest };
  expect(told({ state: 'promoted', isHealthy: true, public: healthy })).toContain(
    'Nothing is left to do. The way back is a pin in stacks/pins/tools.json, to the digest',
  );
});

test('before that, what is missing comes first', () => {
  expect(told({ declared: null, contract: null })).toContain("declare an image 'node18-sssd-web'");
  expect(told({ declared: { reference: 'x', digest: null }, contract: null })).toContain(
    'not made yet.\nNext: npm run csb -- up',
  );
  expect(told({ declared: { reference: 'x', digest: null }, contract: null, isChosen: false })).toContain(
    'the setting families leaves its family out',
  );
  expect(told({ contract: null })).toContain('no report that it passed its contract');
  expect(told({ state: 'shadow', contract: { ...contract, isToday: false } })).toContain('an older contract');
  expect(told({ state: 'promoted', isPinned: true, contract: { ...contract, isToday: false } })).toContain(
    'It is pinned to what was public before; stacks/pins/tools.json says why.',
  );
  expect(told({ state: 'promoted' })).toContain(':latest is not what is declared.\nNext: npm run csb -- up');
});
