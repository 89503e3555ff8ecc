import { nextStep } from '../../cli/next-step';
import type { ImageStatus } from '../../cli/render-status';

const digest = `sha256:${'a'.repeat(64)}`;
const contract = { contract: 'today', passed: 25, failed: 0, notApplicable: 3, byCanary: 0, seconds: 41, isToday: true };
const done: ImageStatus = {
  ...{ name: 'node18-sssd-web', state: 'building', isHealthy: true, isPinned: false, isChosen: true, contract, size: null },
  declared: { reference: 'registry.test/toolforge-node18-sssd-web:c-0', digest },
  public: { reference: 'registry.test/toolforge-node18-sssd-web:latest', digest },
};
const told = (status: Partial<ImageStatus>): string => nextStep({ ...done, ...status }, 'tools').join('\n');

test('each state has a next one, as soon as what it says is true', () => {
  expect(told({ state: 'legacy', declared: null, contract: null })).toContain("say 'building' in stacks/ledger.ts");
  expect(told({})).toContain("say 'shadow' in stacks/ledger.ts");
  expect(told({ state: 'shadow' })).toContain("say 'promoted' in stacks/ledger.ts");
  expect(told({ state: 'promoted' })).toContain(
    'Nothing is left to do. The way back: npm run csb -- --environment tools rollback node18-sssd-web',
  );
});

test('before that, what is missing comes first', () => {
  expect(told({ declared: null, contract: null })).toContain("declare an image 'node18-sssd-web'");
  expect(told({ declared: { reference: 'x', digest: null }, contract: null })).toContain(
    'not made yet.\nNext: npm run csb -- --environment tools up',
  );
  expect(told({ declared: { reference: 'x', digest: null }, contract: null, isChosen: false })).toContain(
    'the setting families leaves its family out',
  );
  expect(told({ contract: null })).toContain('no report that it passed its contract');
  expect(told({ state: 'shadow', contract: { ...contract, isToday: false } })).toContain('an older contract');
  expect(told({ state: 'promoted', isPinned: true, contract: { ...contract, isToday: false } })).toContain(
    'It is pinned to what was public before; stacks/pins/tools.json says why.',
  );
  for (const state of ['building', 'shadow', 'promoted', 'new'] as const)
    expect(told({ state, isHealthy: false })).toContain(
      ':latest is not what is declared.\nNext: npm run csb -- --environment tools up',
    );
});

test('what the settings keep from being declared is said with what they lack', () => {
  expect(told({ declared: null, contract: null, lacks: 'npm' })).toContain(
    'the settings name no mirror.npm, which it is made from: the legacy repository builds it.\nNext: name one in Pulumi.tools.yaml',
  );
});

test('of one that is gone it is said when and why', () => {
  expect(told({ name: 'bullseye0-run', state: 'retired', declared: null, contract: null })).toMatch(
    /^Nobody builds it any more: retired in 2023-05: the Build Service left .*\nNothing is left to do\.$/,
  );
});
