import { builtSeconds, renderCatalogue } from '../../cli/render-catalogue';
import type { ImageStatus } from '../../cli/render-status';

const digest = `sha256:${'a'.repeat(64)}`;
const made: ImageStatus = {
  ...{ name: 'node18-sssd-web', state: 'promoted', isHealthy: true, isPinned: false, isChosen: true, size: 421_400_000 },
  contract: { contract: 'today', passed: 25, failed: 0, notApplicable: 3, byCanary: 0, seconds: 41, isToday: true },
  declared: { reference: 'registry.test/toolforge-node18-sssd-web:c-0', digest },
  public: { reference: 'registry.test/toolforge-node18-sssd-web:latest', digest },
};
const undeclared = { state: 'legacy', isHealthy: false, size: null, contract: null, declared: null } as const;
const page = renderCatalogue(
  [made, { ...made, ...undeclared, name: 'mono68-sssd-base' }, { ...made, state: 'new', name: 'lua54-sssd-base' }],
  new Map([['node18-sssd-web', 12]]),
);
const row = (name: string): string | undefined => new RegExp(`^\\| ${name} .*$`, 'm').exec(page)?.[0].replace(/ +/g, ' ');

test('a row for each image, and a sentence about all that succeed a legacy one', () => {
  expect(row('node18-sssd-web')).toBe(
    '| node18-sssd-web | bookworm | `toolforge-node18-sssd-web` | promoted | 25 of 25 passed | 421 MB | 12 s |',
  );
  expect(row('mono68-sssd-base')).toBe('| mono68-sssd-base | bullseye | none | legacy | – | – | – |');
  expect(row('lua54-sssd-base')).toContain('| new | 25 of 25 passed |');
  expect(page).toContain(
    'Of 50 legacy images, 1 are made, 1 of these have passed their contract, and 1 are public as they are declared.',
  );
});

test('what was tried of a canary is told apart', () => {
  const contract = { contract: 'today', passed: 3, failed: 0, notApplicable: 3, byCanary: 22, seconds: 12, isToday: true };
  expect(renderCatalogue([{ ...made, contract }], new Map())).toContain('| 3 of 3 passed, 22 by its canary |');
});

test('what an image was built in stays when it is not built again', () => {
  expect(builtSeconds(page)).toEqual(new Map([['node18-sssd-web', 12]]));
  expect(builtSeconds('')).toEqual(new Map());
});
