import { batches } from '../../cli/batches';

test('all of it is there, in order, and no list is longer than a variable of a pod may be', () => {
  const all = Array.from({ length: 2000 }, (_, i) => `registry.test/tool-${i}/web:latest ${'x'.repeat(80)}`);
  const found = batches(all);
  expect(found.flat()).toEqual(all);
  expect(found.length).toBeGreaterThan(1);
  for (const each of found) expect(each.join('\n').length).toBeLessThan(128 * 1024);
  expect(batches([])).toEqual([]);
});
