import { join } from 'node:path';
import { withAllFamilies } from '../../../cli/images-of-the-way';
import { PlatformImage } from '../../../lib/images/platform-image';
import { readSettings } from '../../../lib/settings/settings';
import { declareEnvironment } from '../../../stacks/environment';
import { ledgerProblems, undeclaredProblems } from '../../../stacks/legacy/ledger-problems';
import { type Ledger, retired } from '../../../stacks/legacy/standing';
import { ledger } from '../../../stacks/ledger';

const standing = (name: 'python311-sssd-web', as: Ledger[typeof name]): Ledger => ({ ...ledger, [name]: as });

test('what is declared is on its way over', () => {
  for (const state of ['building', 'shadow', 'promoted'] as const)
    expect(ledgerProblems(standing('python311-sssd-web', state), ['python311-sssd-web'])).toEqual([]);
  expect(ledgerProblems(standing('python311-sssd-web', 'legacy'), ['python311-sssd-web'])).toEqual([
    "'python311-sssd-web' is declared, and legacy in stacks/ledger.ts; expected there is 'building'",
  ]);
});

test('no image gets the name of one that is retired', () => {
  const gone = { ...ledger, ...retired('2026-11-26', 'nobody runs it', 'python311-sssd-web') };
  for (const [table, name] of [
    [gone, 'python311-sssd-web'],
    [ledger, 'python37-sssd-web'],
  ] as const)
    expect(ledgerProblems(table, [name])).toEqual([
      expect.stringContaining(`'${name}' is retired in stacks/ledger.ts, and declared`),
    ]);
});

test('an image that no legacy one was is in no ledger', () => {
  expect(ledgerProblems(ledger, ['lua54-sssd-base'])).toEqual([]);
});

test('what is public of ours is declared', () => {
  const all = Object.keys(ledger);
  expect(undeclaredProblems(ledger, all)).toEqual([]);
  const without = all.filter((each) => each !== 'python311-sssd-web');
  expect(undeclaredProblems(standing('python311-sssd-web', 'shadow'), without)).toEqual([
    expect.stringContaining("'python311-sssd-web' is shadow in stacks/ledger.ts, and no declaration has an image of that name"),
  ]);
  expect(undeclaredProblems(standing('python311-sssd-web', 'building'), without)).toEqual([]);
  expect(
    undeclaredProblems(standing('python311-sssd-web', 'promoted'), without, (name) => name.startsWith('python311-')),
  ).toEqual([]);
});

test('the ledger and all that is declared agree', () => {
  // The one that has a registry for each family.
  const app = declareEnvironment('local', withAllFamilies(readSettings(join(__dirname, '../../..'), 'local')));
  expect(
    undeclaredProblems(
      ledger,
      PlatformImage.allOf(app).map(({ name }) => name),
    ),
  ).toEqual([]);
});
