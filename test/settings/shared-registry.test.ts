import { join } from 'node:path';
import { environments, readSettings } from '../../lib/settings/settings';
import { sharedRegistryProblems } from '../../lib/settings/shared-registry';

const root = join(__dirname, '../..');
const at = (host: string, prefix?: string) => ({ registry: { host, plainHttp: false, ...(prefix !== undefined && { prefix }) } });

test('two environments with one registry and one prefix are refused, with both files and what to do', () => {
  expect(sharedRegistryProblems({ tools: at('registry.test'), beta: at('registry.test') })).toEqual([
    'Pulumi.tools.yaml and Pulumi.beta.yaml have the registry registry.test, where what one attests counts for the other; give all but one a prefix of its own: registry.prefix',
  ]);
  expect(sharedRegistryProblems({ tools: at('registry.test', 'a'), beta: at('registry.test', 'a') })).toHaveLength(1);
});

test('an environment whose images stand where another one runs what it finds is refused', () => {
  expect(sharedRegistryProblems({ tools: at('registry.test'), mine: at('registry.test', 'platform/mine') })).toEqual([
    'Pulumi.mine.yaml has the registry registry.test/platform/mine, in registry.test/platform, which Pulumi.tools.yaml counts as its own and runs; give it another prefix: registry.prefix',
  ]);
  expect(sharedRegistryProblems({ a: at('registry.test', 'x'), b: at('registry.test', 'x/platform') })).toHaveLength(1);
  expect(sharedRegistryProblems({ tools: at('registry.test'), mine: at('registry.test', 'platforms') })).toEqual([]);
});

test('another prefix or another registry is another place', () => {
  expect(sharedRegistryProblems({ a: at('registry.test'), b: at('registry.test', 'b'), c: at('other.test') })).toEqual([]);
});

test('the environments of this repository share nothing', () => {
  const all = Object.fromEntries(environments(root).map((each) => [each, readSettings(root, each)]));
  expect(sharedRegistryProblems(all)).toEqual([]);
});
