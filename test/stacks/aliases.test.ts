import { join } from 'node:path';
import { environments, readSettings } from '../../lib/settings/settings';
import { aliasProblems, unusedAliases } from '../../lib/synth/aliases';
import { aliases } from '../../stacks/aliases';
import { declareEnvironment } from '../../stacks/environment';

const root = join(__dirname, '../..');

test('the alias table fits every environment, and each entry is needed by one', () => {
  const declared = environments(root).map((each) => declareEnvironment(each, readSettings(root, each)).synthesize().objects);
  expect(declared.flatMap((objects) => aliasProblems(aliases, objects))).toEqual([]);
  expect(unusedAliases(aliases, declared)).toEqual([]);
});
