import { join } from 'node:path';
import { familiesLine } from '../../cli/families-line';
import { readSettings } from '../../lib/settings/settings';

const root = join(__dirname, '../..');
const settings = readSettings(root, 'tools');

test('what is declared is said, and what all families would add', () => {
  const few = { ...settings, families: ['bookworm'] };
  expect(familiesLine('tools', few)).toMatch(
    /^2 images, of 1 families \(bookworm\)\. families: \[all\] in its settings declares all (\d+): \d+ more, of \d+ families\.$/,
  );
  expect(familiesLine('local', few)).toContain('(bookworm). npm start -- --all makes all ');
  const whole = { ...readSettings(root, 'local'), families: ['all'] }; // without npm's archives, node16 is left out
  expect(familiesLine('local', whole)).toMatch(/^\d+ images, of all \d+ families\.$/);
  expect(familiesLine('tools', { ...settings, families: ['all'] })).toMatch(
    /^\d+ images, of \d+ families: all but node16, which reads mirror\.npm, and Pulumi\.tools\.yaml has none\.$/,
  );
});
