import { checkNames, contractFiles } from '../../lib/toolforge/contract/contract';
import { items } from '../../lib/toolforge/contract/items';

const checks = items.flatMap((item) => ('checks' in item ? item.checks : []));

test('there are the 28 items of the facts, each once, in order', () => {
  expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 28 }, (_, i) => i + 1));
  expect(new Set(items.map(({ id }) => id)).size).toBe(28);
});

test.each(items.map((item) => [item.id, item] as const))(
  '%s stands in its section, with its number',
  (id, { number, appliesTo }) => {
    const section = number <= 19 ? 1 : number <= 23 ? 2 : 3;
    expect(id).toMatch(new RegExp(`^F${section}-${String(number).padStart(2, '0')}-[a-z-]+$`));
    expect(appliesTo).toBe(section === 1 ? 'every' : section === 2 || number === 25 || number === 26 ? 'web' : 'python');
  },
);

test('every item is tried in a pod, or says why it cannot be', () => {
  for (const item of items) {
    if ('reason' in item) expect(item.reason).toMatch(/\w+ \w+ \w+/);
    else expect(item.checks.length).toBeGreaterThan(0);
  }
  expect(items.filter((item) => 'reason' in item).map(({ number }) => number)).toEqual([1, 17]);
});

test('every check that is named is there, and every check that is there is used', () => {
  expect([...new Set(checks.map(({ check }) => check))].sort()).toEqual(checkNames);
});

test('an item of every image is tried in a pod that every image has', () => {
  for (const item of items.filter(({ appliesTo }) => appliesTo !== 'web'))
    if ('checks' in item) expect(item.checks.some((check) => check.in.some((shape) => !shape.startsWith('web')))).toBe(true);
});

test('what is seen from outside is seen of servers', () => {
  for (const check of checks.filter(({ from }) => from === 'outside'))
    expect(check.in.every((shape) => shape.startsWith('web'))).toBe(true);
});

test('the steps find the table and all scripts among the files, whose size a ConfigMap can hold', () => {
  expect(JSON.parse(contractFiles['items.json'] ?? '')).toEqual(JSON.parse(JSON.stringify(items)));
  for (const name of checkNames)
    expect(contractFiles[`check.${name}.sh`]).toMatch(/^#!\/bin\/bash\n# .*\n(.*\n)*set -euo pipefail\n/);
  expect(Object.values(contractFiles).join('').length).toBeLessThan(500_000);
});
