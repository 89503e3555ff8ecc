import { ServiceAccount } from 'cdk8s-plus-27';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { synthesize } from './synthesize';

const runOf = (name: string, params: Readonly<Record<string, { default: string }>> = {}) =>
  synthesize((chart) => {
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder');
    const pipeline = Pipeline.fromPipelineName(chart, 'theirs', name, { params, workspaces: ['source'] });
    const workspaces = { source: { configMap: 'x' } };
    new PipelineRun(chart, 'run', { pipeline, params: {}, workspaces, serviceAccount, serviceAccounts: { any: serviceAccount } });
  });

test('an imported pipeline is run by its name, and no object of its own', () => {
  expect(runOf('theirs')).toMatchObject([
    { kind: 'PipelineRun', spec: { pipelineRef: { name: 'theirs' }, taskRunSpecs: [{ pipelineTaskName: 'any' }] } },
  ]);
});

test("the name of its run covers the imported pipeline's name and interface", () => {
  const name = (...args: Parameters<typeof runOf>): string | undefined => runOf(...args)[0]?.metadata.name;
  expect(name('theirs')).toBe(name('theirs'));
  expect(name('others')).not.toBe(name('theirs'));
  expect(name('theirs', { x: { default: 'y' } })).not.toBe(name('theirs'));
});

test('an imported task has typed results and workspaces', () => {
  const [pipeline] = synthesize((chart) => {
    const params = { url: {} };
    const task = Task.fromTaskName(chart, 'their-clone', 'git-clone', { params, results: ['commit'], workspaces: ['output'] });
    const own = new Pipeline(chart, 'own', { description: 'x', workspaces: ['shared'] });
    const cloned = own.addTask('clone', task, { params: { url: 'x' }, workspaces: { output: 'shared' } });
    own.addResult('commit', cloned.results.commit, 'x');
  });
  expect(pipeline?.['spec']).toMatchObject({
    tasks: [
      { name: 'clone', taskRef: { kind: 'Task', name: 'git-clone' }, workspaces: [{ name: 'output', workspace: 'shared' }] },
    ],
    results: [{ name: 'commit', value: '$(tasks.clone.results.commit)' }],
  });
});
