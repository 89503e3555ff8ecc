import { join } from 'node:path';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';
import { stepsOf } from '../tekton/manifests';

const root = join(__dirname, '../..');
const manifests = declareEnvironment('tools', readSettings(root, 'tools'))
  .synthesize()
  .objects.map(({ manifest }) => manifest);
const steps = manifests
  .filter(({ kind }) => kind === 'Task')
  .flatMap(({ metadata: { name: task } }) => stepsOf(manifests, task).map((step) => ({ ...step, path: `${task}/${step.name}` })));
const pathsOf = (chosen: typeof steps): string[] => chosen.map(({ path }) => path).sort();

test('credentials of the registry are where it is asked, read or written, and nowhere else', () => {
  expect(pathsOf(steps.filter(({ mounts }) => mounts.includes('credentials')))).toEqual(
    [
      ...['base-image/look-up', 'base-image/push'],
      ...['stack-image/look-up', 'stack-image/prepare', 'stack-image/push'],
      ...['python-runtime-image/look-up', 'python-runtime-image/fetch', 'python-runtime-image/push'],
      ...['uwsgi-runtime-image/look-up', 'uwsgi-runtime-image/fetch', 'uwsgi-runtime-image/push'],
      ...['builder-image/look-up', 'builder-image/fetch', 'builder-image/push'],
      ...['look-up', 'analyze', 'restore', 'export', 'finish'].flatMap((step) => [
        `platform-image-phases/${step}`,
        `tool-image-phases/${step}`,
      ]),
      ...['contract/look-up', 'contract/attest', 'promotion/promote', 'publication/publish'],
    ].sort(),
  );
});

test('four steps are root: two install packages, two make two folders', () => {
  expect(pathsOf(steps.filter(({ user }) => user === 0))).toEqual([
    'base-image/root-filesystem',
    'platform-image-phases/prepare',
    'stack-image/install',
    'tool-image-phases/prepare',
  ]);
});

test('one step has a token of the cluster, and no credentials', () => {
  const [token, ...others] = steps.filter(({ mounts }) => mounts.includes('api'));
  expect([token?.path, others]).toEqual(['contract/pods', []]);
  expect(token?.mounts).not.toContain('credentials');
});

test('no pod of a build gets a token by itself', () => {
  for (const { kind, spec } of manifests as { kind: string; spec?: object }[])
    if (kind === 'PipelineRun')
      expect(spec).toMatchObject({ taskRunTemplate: { podTemplate: { automountServiceAccountToken: false } } });
  const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.map(({ metadata, automountServiceAccountToken }) => [metadata.name, automountServiceAccountToken])).toEqual([
    ['builder', false],
    ['contract', false],
  ]);
});
