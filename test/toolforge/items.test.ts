import { CONTRACTS } from '../../languages/contracts';
import { contractFiles } from '../../lib/toolforge/contract/contract';
import type { Check, Item } from '../../lib/toolforge/contract/item';
import { everyItems, webItems } from '../../lib/toolforge/contract/items';

const items: readonly Item[] = [...everyItems, ...webItems];
const checksOf = (of: readonly Item[]): readonly Check[] =>
  of.flatMap((item) => ('checks' in item ? item.checks.flatMap((each) => ('check' in each ? [each] : [])) : []));

test('items 1 to 19 of the facts are of every image, 20 to 23 of servers', () => {
  expect(everyItems.map(({ number }) => number)).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
  expect(webItems.map(({ number }) => number)).toEqual([20, 21, 22, 23]);
});

test.each(items.map((item) => [item.id, item] as const))('%s stands in its section, with its number', (id, { number }) => {
  expect(id).toMatch(new RegExp(`^F${number <= 19 ? 1 : 2}-${String(number).padStart(2, '0')}-[a-z-]+$`));
});

test('every item is tried in a pod, or says why it cannot be', () => {
  for (const item of items) {
    if ('reason' in item) expect(item.reason).toMatch(/\w+ \w+ \w+/);
    else expect(item.checks.length).toBeGreaterThan(0);
  }
  expect(items.filter((item) => 'reason' in item).map(({ number }) => number)).toEqual([1, 17]);
});

test('every check that is named is there, and every one that is there is named by an item or a server', () => {
  const files = (checks: readonly Check[]): string[] => checks.map(({ check }) => `check.${check}.sh`);
  const servers = [CONTRACTS.generic, ...CONTRACTS.languages.flatMap(({ server = [] }) => server)];
  const there = Object.keys(contractFiles).filter((file) => file.startsWith('check.'));
  expect(there).toEqual(expect.arrayContaining(files(checksOf(items))));
  expect([...files(checksOf(items)), ...files(servers.flatMap(({ log }) => log))]).toEqual(expect.arrayContaining(there));
});

test('an item of every image is tried in a pod that every image has', () => {
  for (const item of everyItems)
    if ('checks' in item) expect(checksOf([item]).some((check) => check.in.some((shape) => !shape.startsWith('web')))).toBe(true);
});

test('what is seen from outside is seen of servers', () => {
  for (const check of checksOf(items).filter(({ from }) => from === 'outside'))
    expect(check.in.every((shape) => shape.startsWith('web'))).toBe(true);
});

test('every check says what holds', () => {
  for (const [file, text] of Object.entries(contractFiles))
    if (file.startsWith('check.')) expect(text).toMatch(/^#!\/bin\/bash\n# .*\n(.*\n)*set -euo pipefail\n/);
});
