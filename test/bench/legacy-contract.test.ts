import { failedIn } from '../../bench/legacy-contract';

test('all items that have a finding in common have failed, each once', () => {
  const log = [
    'FAILED F1-06-nss, F1-07-locale',
    '  where     whoami (check nss)',
    'FAILED F1-07-locale, F4-24-php',
    'x does not keep the contract: 3 of 29 items failed',
  ].join('\n');
  expect(failedIn(log)).toEqual(['F1-06-nss', 'F1-07-locale', 'F4-24-php']);
});
