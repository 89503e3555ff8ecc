import { join } from 'node:path';
import { languages, recipesOf } from '../../languages/languages';
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
  // Of the recipes of all languages those that something is made by.
  const recipes = recipesOf(languages).map(({ name }) => `${name}-runtime-image/pull`);
  const runtimes = recipes.filter((path) => steps.some((step) => step.path === path));
  expect(runtimes).toEqual(expect.arrayContaining(['python-runtime-image/pull', 'uwsgi-runtime-image/pull']));
  const images = ['base-image/pull', 'stack-image/pull', ...runtimes, 'builder-image/pull'];
  const builds = ['platform-image-build/analyze', 'tool-image-build/analyze'];
  expect(pathsOf(steps.filter(({ mounts }) => mounts.includes('credentials')))).toEqual(
    [
      ...images,
      ...builds,
      ...['platform-image-rebase/rebase', 'tool-image-rebase/rebase', 'look-up/look-up', 'digest/digest'],
      ...['contract/look-up', 'contract/attest', 'promotion/promote', 'publication/publish'],
    ].sort(),
  );
  const after = [
    ...images.map((path) => path.replace(/[a-z-]+$/, 'push')),
    ...builds.map((path) => path.replace('analyze', 'export')),
  ];
  expect(pathsOf(steps.filter(({ mounts }) => mounts.includes('handed')))).toEqual([...images, ...builds, ...after].sort());
});

test('four steps are root: two install packages, two give folders away', () => {
  expect(pathsOf(steps.filter(({ user }) => user === 0))).toEqual([
    'base-image/root-filesystem',
    'platform-image-build/prepare',
    'stack-image/install',
    'tool-image-build/prepare',
  ]);
});

test('three steps have a token of the cluster: one that makes pods, without credentials, and those that hold a lease while they move tags', () => {
  const tokens = steps.filter(({ mounts }) => mounts.includes('api'));
  expect(tokens.map(({ path }) => path)).toEqual(['contract/pods', 'promotion/promote', 'publication/publish']);
  expect(tokens[0]?.mounts).not.toContain('credentials');
  // Alone in their pods: a lease is all that this token is for.
  for (const task of ['promotion', 'publication'])
    expect(steps.filter(({ path }) => path.startsWith(`${task}/`))).toHaveLength(1);
});

test('no pod of a build gets a token by itself', () => {
  for (const { kind, spec } of manifests as { kind: string; spec?: object }[])
    if (kind === 'PipelineRun')
      expect(spec).toMatchObject({ taskRunTemplate: { podTemplate: { automountServiceAccountToken: false } } });
  const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.map(({ metadata, automountServiceAccountToken }) => [metadata.name, automountServiceAccountToken])).toEqual([
    ['builder', false],
    ['contract', false],
    ['promotion', false],
  ]);
});
