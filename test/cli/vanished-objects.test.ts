import type { Deployment, Stack } from '@pulumi/pulumi/automation';
import { forgetVanished, lastingObjects } from '../../cli/vanished-objects';

const resource = (kind: string, name: string, more: object = {}): object => ({
  urn: `urn:${kind}:${name}`,
  type: `kubernetes:example.org/v1:${kind}`,
  inputs: { apiVersion: 'example.org/v1', kind, metadata: { name, namespace: 'builds' } },
  ...more,
});
const state = (...resources: object[]): Deployment => ({ version: 3, deployment: { resources } });
const urns = (of: Deployment): string[] => lastingObjects(of).map(({ urn }) => urn);

test('what ends by itself may be gone, but not while its end is waited for', () => {
  const waited = { initErrors: ['timed out waiting for the condition'] };
  expect(urns(state(resource('Task', 'a'), resource('PipelineRun', 'b'), resource('PipelineRun', 'c', waited)))).toEqual([
    'urn:Task:a',
    'urn:PipelineRun:c',
  ]);
});

test('a run is looked for by the name of the attempt that the state has', () => {
  const run = resource('PipelineRun', 'x-1', { initErrors: [''], outputs: { metadata: { name: 'x-2' } } });
  expect(lastingObjects(state(run))[0]?.manifest.metadata.name).toBe('x-2');
});

test('exactly what is gone is forgotten, and named', async () => {
  const refresh = jest.fn(() => Promise.resolve());
  const log = jest.spyOn(console, 'error').mockImplementation();
  const absentOf = <T extends { readonly manifest: { readonly metadata: { readonly name: string } } }>(
    all: readonly T[],
  ): Promise<T[]> => Promise.resolve(all.filter(({ manifest }) => manifest.metadata.name === 'b'));
  const stack = { refresh } as unknown as Stack;
  expect(await forgetVanished(stack, state(resource('Task', 'a')), { absentOf })).toBe(false);
  expect(refresh).not.toHaveBeenCalled();
  expect(await forgetVanished(stack, state(resource('Task', 'a'), resource('Task', 'b')), { absentOf })).toBe(true);
  expect(refresh).toHaveBeenCalledWith(expect.objectContaining({ target: ['urn:Task:b'] }));
  expect(log.mock.calls).toEqual([['example.org/Task builds/b has been removed from the cluster by somebody']]);
  log.mockRestore();
});
