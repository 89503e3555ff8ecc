import { conclude } from '../../lib/deploy/run-outcome';

const run = {
  name: 'base-0123456789-1',
  namespace: 'builds',
  annotations: { 'cloud-services-buildpacks.toolforge.org/image': 'registry/x:c-1' },
};
const explain = (namespace: string, name: string): Promise<string> => Promise.resolve(`log of ${namespace}/${name}`);

test('a failed run says its reason, its log and the remedy', async () => {
  const status = { conditions: [{ type: 'Succeeded', status: 'False', reason: 'Failed', message: 'a step exited' }] };
  await expect(conclude(run, status, explain)).rejects.toThrow(
    'run base-0123456789-1 did not succeed: Failed: a step exited\n' +
      'log of builds/base-0123456789-1\n' +
      'Mend the cause, or try the same again with: npm run csb -- retry base-0123456789-1',
  );
});

test.each([
  ['no status', undefined],
  ['a run that goes on', { conditions: [{ type: 'Succeeded', status: 'Unknown', reason: 'Running' }] }],
])('%s is no success', async (_, status) => {
  await expect(conclude(run, status, explain)).rejects.toThrow('did not succeed');
});
