/** What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it. */
import type { CurrentImage } from '../../../stacks/legacy/catalogue';
import { type Ledger, retired } from '../../../stacks/legacy/standing';
import { ledger } from '../../../stacks/ledger';

test('a ledger that leaves an image out, makes one up, or retires one without a word does not compile', () => {
  const mustNotCompile = (): unknown => {
    const { 'python311-sssd-web': _left, ...rest } = ledger;
    // @ts-expect-error an image without a successor, and not retired either
    const without: Ledger = rest;
    // @ts-expect-error a successor of an image that never was
    const made = { ...ledger, 'python312-sssd-web': 'promoted' } satisfies Ledger;
    // @ts-expect-error a standing that there is not
    const other = { ...ledger, 'python311-sssd-web': 'done' } satisfies Ledger;
    // @ts-expect-error retired without its day and reason
    const silent = { ...ledger, 'python311-sssd-web': 'retired' } satisfies Ledger;
    // @ts-expect-error what is gone does not come back
    const back = { ...ledger, 'python37-sssd-web': 'building' } satisfies Ledger;
    // @ts-expect-error a day in words
    retired('last week', 'nobody used it', 'mono68-sssd-base');
    // @ts-expect-error retired, and never there
    retired('2026-11-26', 'nobody used it', 'mono70-sssd-base');
    // @ts-expect-error the name of a repository
    const named: CurrentImage = 'toolforge-python311-sssd-web';
    return [without, made, other, silent, back, named];
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});
