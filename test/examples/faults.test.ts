/** docs/faults.md names tests; they are there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(__dirname, '../../docs');
const rows = readFileSync(join(docs, 'faults.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, title] = /\| \[[\w.-]+\]\((\S+?)\): (.+?) +\|/.exec(line) ?? [];
    return file === undefined || title === undefined ? [] : [[title, file] as const];
  });

test('there are faults in it', () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)('%s', (title, file) => {
  expect(readFileSync(join(docs, file), 'utf8')).toContain(title);
});
