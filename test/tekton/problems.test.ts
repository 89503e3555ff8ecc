/** What types cannot see, because a text can name anything and a cast can hide anything, is said at synth. */
import { DependencyGroup } from 'constructs';
import { type Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import type { Reference } from '../../lib/tekton/params';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { synthesize } from './synthesize';

const repo = { type: 'object', properties: { url: {}, commit: {} } } as const;
const step = { name: 'a', image: 'x:1', script: '' };

const taskWith =
  (steps: readonly object[], more: object = {}) =>
  (): unknown =>
    synthesize((chart) => {
      new Task(chart, 'task', {
        egress: [],
        description: 'x',
        params: { url: {}, flags: { type: 'array' }, repo },
        results: ['commit'],
        workspaces: ['source'],
        volumes: { work: { kind: 'scratch' } },
        ...more,
        steps: () => steps as never,
      });
    });

test('a task may name all that it declares', () => {
  const env = {
    A: '$(params.url)',
    B: '$(params.repo.url)',
    C: '$(results.commit.path)',
    D: '$(workspaces.source.path)',
    E: '$(date)',
  };
  expect(taskWith([{ ...step, env, args: ['$(params.flags[*])', '$(context.taskRun.name)'] }])).not.toThrow();
});

test.each([
  ['no step', 'a task needs at least one step', []],
  ['a step name twice', "two steps are called 'a'; rename one", [step, step]],
  ['a step name', "step 'A_b' is no DNS label; expected at most 63 of lower-case letters", [{ ...step, name: 'A_b' }]],
  ['a volume', "step 'a' mounts 'wrok', which is no volume of the task; it has: work", [{ ...step, mounts: { wrok: '/w' } }]],
  ['a mount that is not there', "step 'a': readOnly names 'work', which it does not mount", [{ ...step, readOnly: ['work'] }]],
  ['a value', "step 'a': the environment variable URL has no value", [{ ...step, env: { URL: undefined } }]],
  [
    'a parameter in the image',
    "step 'a': its image names $(params.ulr), which it cannot have; of params it has: $(params.url), $(params.repo.url), $(params.repo.commit)",
    [{ ...step, image: '$(params.ulr)' }],
  ],
  [
    'a property in env',
    "step 'a': the environment variable X names $(params.repo.branch)",
    [{ ...step, env: { X: 'at $(params.repo.branch)' } }],
  ],
  ['an array in env', 'variable X names $(params.flags[*])', [{ ...step, env: { X: '$(params.flags[*])' } }]],
  ['an object in args', "step 'a': an argument names $(params.repo[*])", [{ ...step, args: ['$(params.repo[*])'] }]],
  ['a result', 'variable X names $(results.comit.path)', [{ ...step, env: { X: '$(results.comit.path)' } }]],
  [
    'a workspace in a mount',
    "step 'a': the mount of 'work' names $(workspaces.sorce.path), which it cannot have; of workspaces it has: $(workspaces.source.path)",
    [{ ...step, mounts: { work: '$(workspaces.sorce.path)/x' } }],
  ],
  [
    'a value in the script',
    "step 'a': its script has $(params.url) in its text, where a value becomes code; hand it over in env or args",
    [{ ...step, script: 'echo "$(params.url)"' }],
  ],
])('a task: %s', (_, message, steps) => {
  expect(taskWith(steps)).toThrow(`chart/task: `);
  expect(taskWith(steps)).toThrow(message);
});

test.each([
  [
    'the environment of all steps',
    'the environment of all steps: the environment variable X names $(params.x)',
    { env: () => ({ X: '$(params.x)' }) },
  ],
  ['the name of a parameter', "parameter '1st': '1st' is no name for it", { params: { '1st': {} } }],
  [
    'a dot in a property',
    "parameter 'r': 'a.b' is no name for it",
    { params: { r: { type: 'object', properties: { 'a.b': {} } } } },
  ],
  [
    'a default',
    "parameter 'r': its default has the properties url; expected commit, url",
    { params: { r: { ...repo, default: { url: 'x' } } } },
  ],
  ['the name of a result', "result '.a' is no name for one", { results: ['.a'] }],
])('what a task declares: %s', (_, message, more) => {
  expect(taskWith([step], more)).toThrow(`chart/task: ${message}`);
});

interface Parts {
  readonly chart: Chart;
  readonly pipeline: Pipeline<{ readonly url: object }, 'shared'>;
  readonly task: Task<{ readonly url: object }, 'commit', 'source'>;
}

const pipelineWith = (declare: (parts: Parts) => void) => (): unknown =>
  synthesize((chart) => {
    const params = { url: {} };
    const task = new Task(chart, 'clone', {
      egress: [],
      description: 'x',
      params,
      results: ['commit'],
      workspaces: ['source'],
      steps: () => [step],
    });
    const pipeline = new Pipeline(chart, 'pipeline', { description: 'x', params, workspaces: ['shared'] });
    pipeline.addTask('first', task, { params: { url: 'x' }, workspaces: { source: 'shared' } });
    declare({ chart, pipeline, task });
  });

const workspaces = { source: 'shared' } as const;
const adding = (use: object, name = 'second') => pipelineWith(({ pipeline, task }) => pipeline.addTask(name, task, use as never));
const argument = (url: string) => adding({ params: { url }, workspaces });

test('a pipeline may name its parameters and the results of tasks added before', () => {
  expect(argument('$(params.url) $(tasks.first.results.commit) $(context.pipelineRun.name)')).not.toThrow();
});

test.each([
  [
    'a task that is not added',
    "task 'second': an argument names $(tasks.frist.results.commit), which it cannot have; of tasks it has: $(tasks.first.results.commit)",
    argument('$(tasks.frist.results.commit)'),
  ],
  ['its own result', 'an argument names $(tasks.second.results.commit)', argument('$(tasks.second.results.commit)')],
  ['a result', 'an argument names $(tasks.first.results.comit)', argument('$(tasks.first.results.comit)')],
  [
    'a parameter',
    'an argument names $(params.uri), which it cannot have; of params it has: $(params.url)',
    argument('$(params.uri)'),
  ],
  ["a task's variable", 'an argument names $(results.commit.path)', argument('$(results.commit.path)')],
  ['a missing argument', "task 'second': no argument for parameter 'url'; give one", adding({ params: {}, workspaces })],
  [
    'an undeclared argument',
    "task 'second': an argument for 'uri', which is no parameter of it; it has: url",
    adding({ params: { url: 'x', uri: 'x' }, workspaces }),
  ],
  [
    'a missing workspace',
    "task 'second': nothing serves its workspace 'source'; name one of the pipeline's: shared",
    adding({ params: { url: 'x' } }),
  ],
  [
    'an unused mapping',
    "task 'second': workspaces names 'cache', which is no workspace of the task; it has: source",
    adding({ params: { url: 'x' }, workspaces: { ...workspaces, cache: 'shared' } }),
  ],
  [
    'an undeclared workspace',
    "task 'second': workspaces names 'shard', which the pipeline does not declare; it has: shared",
    adding({ params: { url: 'x' }, workspaces: { source: 'shard' } }),
  ],
  ['a task name twice', "two tasks are called 'first'; rename one", adding({ params: { url: 'x' }, workspaces }, 'first')],
  ['a task name', "task 'Second' is no DNS label", adding({ params: { url: 'x' }, workspaces }, 'Second')],
  [
    'a result of the pipeline',
    "result 'x' names $(tasks.second.results.x)",
    pipelineWith(({ pipeline }) => {
      pipeline.addResult('x', '$(tasks.second.results.x)' as Reference, 'x');
    }),
  ],
  [
    'a handle of another pipeline',
    "task 'second': runAfter has 'alien' of another pipeline; expected tasks added before to this one: first",
    pipelineWith(({ chart, pipeline, task }) => {
      const other = new Pipeline(chart, 'other', { description: 'x', workspaces: ['shared'] });
      const alien = other.addTask('alien', task, { params: { url: 'x' }, workspaces });
      pipeline.addTask('second', task, { params: { url: 'x' }, workspaces, runAfter: [alien] });
    }),
  ],
])('a pipeline: %s', (_, message, declare) => {
  expect(declare).toThrow('chart/pipeline: ');
  expect(declare).toThrow(message);
});

const running = (props: object) =>
  pipelineWith(({ chart, pipeline }) => {
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder');
    new PipelineRun(chart, 'run', {
      pipeline,
      serviceAccount,
      params: { url: 'x' },
      workspaces: { shared: { configMap: 'x' } },
      ...props,
    } as never);
  });

test.each([
  [
    'a workspace that nothing serves',
    "nothing serves the pipeline's workspace 'shared'; give it in workspaces",
    { workspaces: undefined },
  ],
  [
    'a workspace of nobody',
    "workspaces names 'shard', which the pipeline does not declare; it has: shared",
    { workspaces: { shared: { configMap: 'x' }, shard: { configMap: 'x' } } },
  ],
  [
    "a pipeline's variable",
    'an argument names $(params.url), which no run has; give a value, or RUN_NAME',
    { params: { url: '$(params.url)' } },
  ],
  [
    'a service account for no task',
    "serviceAccounts names 'frist'; the pipeline has the tasks first",
    { serviceAccounts: { frist: Object.assign(new DependencyGroup(), { name: 'x' }) } },
  ],
])('a run: %s', (_, message, props) => {
  expect(running({})).not.toThrow();
  expect(running(props)).toThrow(`chart/run: ${message}`);
});

test('a run says all that is wrong at once', () => {
  expect(running({ workspaces: undefined, params: { url: '$(params.url)' } })).toThrow(/which no run has[^]*nothing serves/);
});
