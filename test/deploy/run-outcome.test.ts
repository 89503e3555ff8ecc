import type { Explanation } from '../../lib/deploy/run-failure';
import { conclude, madeBy } from '../../lib/deploy/run-outcome';

const run = {
  name: 'base-0123456789-1',
  namespace: 'builds',
  annotations: { 'cloud-services-buildpacks.toolforge.org/image': 'registry/x:c-1' },
};
const explain = (namespace: string, name: string): Promise<Explanation> =>
  Promise.resolve({ text: `log of ${namespace}/${name}`, mayPass: false });

test('a failed run says its reason, its log and the remedy', async () => {
  const status = { conditions: [{ type: 'Succeeded', status: 'False', reason: 'Failed', message: 'a step exited' }] };
  await expect(conclude(run, status, explain)).rejects.toThrow(
    'run base-0123456789-1 did not succeed: Failed: a step exited\n' +
      'log of builds/base-0123456789-1\n' +
      'Mend the cause, or try the same again with: npm run csb -- retry base-0123456789-1',
  );
});

test('a run that something outside ended says that the next up makes it again', async () => {
  const status = { conditions: [{ type: 'Succeeded', status: 'False', reason: 'Failed', message: 'a step exited' }] };
  const fromOutside = () => Promise.resolve({ text: 'its node went down', mayPass: true });
  await expect(conclude(run, status, fromOutside)).rejects.toThrow(
    /a step exited\nits node went down\nWhat ended it may be over: the next `up` makes it again\.$/,
  );
});

test('a run ended well with the digest that it reported, or with the one that it was declared by', async () => {
  const status = {
    conditions: [{ type: 'Succeeded', status: 'True' }],
    results: [
      { name: 'digest', value: 'sha256:1' },
      { name: 'made', value: 'built' },
    ],
    startTime: '2026-11-25T10:00:00Z',
    completionTime: '2026-11-25T10:00:05Z',
  };
  const outcome = { run: run.name, made: 'built', seconds: 5 };
  expect(await conclude(run, status, explain)).toEqual({ ...outcome, image: 'registry/x:c-1@sha256:1' });
  const annotations = { 'cloud-services-buildpacks.toolforge.org/image': 'registry/x@sha256:1' };
  expect(await conclude({ ...run, annotations }, status, explain)).toEqual({ ...outcome, image: 'registry/x@sha256:1' });
});

test.each([
  ['no status', undefined],
  ['a run that goes on', { conditions: [{ type: 'Succeeded', status: 'Unknown', reason: 'Running' }] }],
])('%s is no success', async (_, status) => {
  await expect(conclude(run, status, explain)).rejects.toThrow('did not succeed');
});

test('what runs have left is known of those that ended well', () => {
  const ended = (status: object | undefined, lasting?: string) => ({
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: {
      name: 'x',
      ...(lasting !== undefined && { annotations: { 'cloud-services-buildpacks.toolforge.org/lasting': lasting } }),
    },
    ...(status && { status }),
  });
  const conditions = (status: string) => ({ conditions: [{ type: 'Succeeded', status }] });
  const runs = [
    ended(conditions('True'), 'registry/good:c-1'),
    ended(conditions('False'), 'registry/failed:c-1'),
    ended(conditions('Unknown'), 'registry/going-on:c-1'),
    ended(undefined, 'registry/new:c-1'),
    ended(conditions('True')),
  ];
  expect([...madeBy(runs)]).toEqual(['registry/good:c-1']);
});
