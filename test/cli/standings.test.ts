import type { Deployment } from '@pulumi/pulumi/automation';
import type { ApiObject } from 'cdk8s';
import { standingsOf } from '../../cli/standings';
import type { Manifest, SynthesizedObject } from '../../lib/synth/synthesized';

const object = (kind: string, name: string): SynthesizedObject => ({
  path: `chart/${name}`,
  construct: {} as ApiObject,
  manifest: { apiVersion: 'tekton.dev/v1', kind, metadata: { name, namespace: 'builds' } },
});
const condition = (status: string) => ({
  conditions: [{ type: 'Succeeded', status, reason: 'Failed', message: 'a step exited' }],
});
const inState = (name: string, status: string) => ({
  urn: `urn::${name}`,
  type: 'kubernetes:tekton.dev/v1:PipelineRun',
  outputs: { metadata: { name }, status: condition(status) },
});
/** Another attempt is in its place, and something failed, so that Pulumi has not deleted it yet. */
const replaced = (name: string) => ({ ...inState(name, 'False'), delete: true });
const stateOf = (...resources: readonly object[]): Deployment => ({ version: 3, deployment: { resources } });
const live = (name: string, status: string): Manifest => ({
  ...{ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name, namespace: 'builds' } },
  status: condition(status),
});
const declared = [
  object('Task', 'a-0123456789-1'),
  ...['a', 'b', 'c', 'd'].map((each) => object('PipelineRun', `${each}-0123456789-1`)),
];

test('of those that failed, what something outside ended is to be made again: each by the attempt that up sees', async () => {
  const asked: string[] = [];
  const cluster = {
    endedFromOutside: (namespace: string, run: string) => {
      asked.push(`${namespace}/${run}`);
      return Promise.resolve(run.startsWith('b') ? undefined : 'its node went down');
    },
  };
  const state = stateOf(
    inState('a-0123456789-1', 'True'),
    inState('b-0123456789-1', 'False'),
    inState('c-0123456789-3', 'False'),
  );
  const { known, again } = await standingsOf(declared, state, [live('d-0123456789-1', 'False')], cluster);
  expect(asked).toEqual(['builds/b-0123456789-1', 'builds/c-0123456789-3', 'builds/d-0123456789-1']);
  expect([...known]).toEqual([
    ['a-0123456789', 'done'],
    ['b-0123456789', { failed: 'a step exited' }],
  ]);
  const why = 'its node went down';
  expect(again).toEqual([
    { run: 'c-0123456789', attempt: 3, why },
    { run: 'd-0123456789', attempt: 1, why },
  ]);
});

test('an attempt that another has replaced counts no more', async () => {
  const state = stateOf(
    ...[inState('a-0123456789-2', 'True'), inState('b-0123456789-2', 'False')],
    ...[replaced('a-0123456789-1'), replaced('b-0123456789-1')],
  );
  const cluster = { endedFromOutside: () => Promise.resolve('its node went down') };
  const { known, again } = await standingsOf(declared, state, [], cluster);
  expect([...known]).toEqual([['a-0123456789', 'done']]);
  expect(again).toEqual([{ run: 'b-0123456789', attempt: 2, why: 'its node went down' }]);
});

test("what is yet to be made, under way, or declared no more is nobody's question", async () => {
  const endedFromOutside = jest.fn();
  const state = stateOf(inState('z-0123456789-1', 'False'));
  const { known, again } = await standingsOf(declared, state, [live('a-0123456789-1', 'Unknown')], { endedFromOutside });
  expect([...known]).toEqual([['a-0123456789', 'under way']]);
  expect(again).toEqual([]);
  expect(endedFromOutside).not.toHaveBeenCalled();
});
