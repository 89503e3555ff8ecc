/** What types cannot see, because a text can name anything and a cast can hide anything, is said at synth. */
import { DependencyGroup } from 'constructs';
import { type Chart, Duration } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { RUN_NAME } from '../../lib/tekton/params';
import type { ArrayReference, ObjectReference, Reference } from '../../lib/tekton/reference';
import { Pipeline } from '../../lib/tekton/pipeline';
import type { PipelineTask } from '../../lib/tekton/pipeline-task';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { synthesize } from './synthesize';

const repo = { type: 'object', properties: { url: {}, commit: {} } } as const;
const step = { name: 'a', image: 'x:1', script: '' };

interface Handles {
  readonly params: { readonly url: Reference; readonly flags: ArrayReference; readonly repo: ObjectReference<'url' | 'commit'> };
  readonly results: { readonly commit: Reference };
  readonly workspaces: { readonly source: Reference };
}

const taskWith =
  (steps: readonly object[] | ((handles: Handles) => readonly object[]), more: object = {}) =>
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
        steps: (handles: Handles) => (Array.isArray(steps) ? steps : (steps as (of: Handles) => unknown)(handles)) as never,
      });
    });

test('a task may name all that it declares, and text is text', () => {
  const steps = ({ params, results, workspaces }: Handles) => [
    {
      ...step,
      env: { A: params.url, B: `at ${params.repo.url}`, C: results.commit, D: workspaces.source, E: '$(date) $$ $(HOME)' },
      args: [params.flags, '--', `x=${params.repo.commit}`],
      mounts: { work: `${workspaces.source}/x` },
    },
  ];
  expect(taskWith(steps)).not.toThrow();
});

test.each<[string, string, Parameters<typeof taskWith>[0]]>([
  ['no step', 'a task needs at least one step', []],
  ['a step name twice', "two steps are called 'a'; change one", [step, step]],
  ['a step name', "step 'A_b' is no DNS label; expected at most 63 of lower-case letters", [{ ...step, name: 'A_b' }]],
  ['a volume', "step 'a' mounts 'wrok', which is no volume of its pod; it has: work", [{ ...step, mounts: { wrok: '/w' } }]],
  ['a mount that is not there', "step 'a': readOnly names 'work', which it does not mount", [{ ...step, readOnly: ['work'] }]],
  ['a value', "step 'a': the environment variable URL has no value", [{ ...step, env: { URL: undefined } }]],
  [
    'a variable as a text',
    "step 'a': its image has the text $(params.url), which Tekton would replace, and which cannot be escaped; to mean a variable use its handle",
    [{ ...step, image: '$(params.url)' }],
  ],
  ['in brackets', "variable X has the text $(params['url'])", [{ ...step, env: { X: "a $(params['url']) b" } }]],
  [
    'of the context',
    "step 'a': an argument has the text $(context.taskRun.name)",
    [{ ...step, args: ['$(context.taskRun.name)'] }],
  ],
  ['of another step', "step 'a': an argument has the text $(steps.b.results.c)", [{ ...step, args: ['$(steps.b.results.c)'] }]],
  [
    'a variable put together from a text and another',
    'variable X has the text $(params._)',
    ({ params }) => [{ ...step, env: { X: `$(params.${params.url})` } }],
  ],
  [
    'an array in env',
    'variable X is given all of an array; hand it over in args, or one of its texts',
    ({ params }) => [{ ...step, env: { X: params.flags } }],
  ],
  ['an object in args', "step 'a': its args is [", ({ params }) => [{ ...step, args: [params.repo] }]],
  ['the name of a variable', 'variable A-B has no name for one; expected letters', [{ ...step, env: { 'A-B': 'x' } }]],
  ['a number in env', 'the environment variable X is 8; expected a text, or a key', [{ ...step, env: { X: 8 } }]],
  [
    'a value in the script',
    "step 'a': its script has $(params.url) in its text, where a value becomes code; hand it over in env or args",
    [{ ...step, script: 'echo "$(params.url)"' }],
  ],
  [
    'a handle in the script',
    "step 'a': its script has $(params.url) in its text",
    ({ params }) => [{ ...step, script: `echo "${params.url}"` }],
  ],
  ['a relative mount', 'the mount of \'work\' is at "work"; expected an absolute path', [{ ...step, mounts: { work: 'work' } }]],
  ["a mount over Tekton's own", 'is at "/tekton/results"; expected', [{ ...step, mounts: { work: '/tekton/results' } }]],
  [
    'a misspelt field',
    "step 'a' has the field 'readOnyl', which nothing reads; did you mean 'readOnly'?",
    [{ ...step, mounts: { work: '/w' }, readOnyl: ['work'] }],
  ],
  [
    'a field of resources',
    "step 'a': its resources has the field 'memry', which nothing reads; did you mean 'memory'?",
    [{ ...step, resources: { cpu: 1, memory: 1, memry: 1 } }],
  ],
  [
    'resources',
    'its resources: its memory is 0.5; expected MiB, a whole number from 1 on',
    [{ ...step, resources: { cpu: 1, memory: 0.5 } }],
  ],
  ['no script', "step 'a' has no script; give it a text", [{ name: 'a', image: 'x:1' }]],
  [
    'user 0',
    "step 'a': its user is 0; expected 'nobody', a whole number from 1 to 2147483647, or { root: [capabilities] }",
    [{ ...step, user: 0 }],
  ],
  ['root with all that it wants', 'its user is "root"; expected', [{ ...step, user: 'root' }]],
  [
    'a capability that no step is given',
    'its user is {"root":["SYS_ADMIN"]}; expected',
    [{ ...step, user: { root: ['SYS_ADMIN'] } }],
  ],
  ['a user no kernel has', "step 'a': its user is 2147483648", [{ ...step, user: 2 ** 31 }]],
  ['args as a text', 'its args is "-v"; expected a list of texts', [{ ...step, args: '-v' }]],
  ['nothing', 'step 1 is undefined; expected an object with name, image, script', [undefined as never]],
])('a task: %s', (_, message, steps) => {
  expect(taskWith(steps)).toThrow(`chart/task: `);
  expect(taskWith(steps)).toThrow(message);
});

test.each([
  [
    'the environment of all steps',
    'the environment of all steps: the environment variable X has the text $(params.x)',
    { env: () => ({ X: '$(params.x)' }) },
  ],
  ['a field of its own', "the task has the field 'volums', which nothing reads; did you mean 'volumes'?", { volums: {} }],
  ['no egress', 'the task has no list as its egress; expected a list of registry,', { egress: undefined }],
  ['an unknown egress', 'the task\'s egress names "regsitry"; expected a list of registry,', { egress: ['regsitry'] }],
  ['the name of a parameter', "parameter '1st': '1st' is no name for it", { params: { '1st': {} } }],
  [
    'a field of a parameter',
    "parameter 'a' has the field 'defualt', which nothing reads; did you mean 'default'?",
    { params: { a: { defualt: '' } } },
  ],
  [
    'a kind of parameter',
    "parameter 'a': its type is \"list\"; expected 'string', 'array' or 'object'",
    { params: { a: { type: 'list' } } },
  ],
  [
    'a dot in a property',
    "parameter 'r': 'a.b' is no name for it",
    { params: { r: { type: 'object', properties: { 'a.b': {} } } } },
  ],
  [
    'a dot in a list, which no pipeline could hand on',
    "parameter 'a.b': 'a.b' is no name for it",
    { params: { 'a.b': { type: 'array' } } },
  ],
  [
    'a default',
    "parameter 'r': its default has url; expected texts for commit, url and nothing else",
    { params: { r: { ...repo, default: { url: 'x' } } } },
  ],
  ['a default of another kind', 'parameter \'a\': its default is ["x"]; expected a text', { params: { a: { default: ['x'] } } }],
  [
    'a variable as a default',
    "parameter 'a': its default has the text $(params.b)",
    { params: { a: { default: '$(params.b)' } } },
  ],
  ['the name of a result', "result '.a' is no name for one", { results: ['.a'] }],
  ['a result twice', "two results are called 'a'; rename one", { results: ['a', { name: 'a', type: 'array' }] }],
  [
    'a field of a result',
    "a result has the field 'proprties', which nothing reads",
    { results: [{ name: 'a', type: 'array', proprties: {} }] },
  ],
  ['the name of a workspace', "workspace 'a.b' is no name for one", { workspaces: ['a.b'] }],
])('what a task declares: %s', (_, message, more) => {
  expect(taskWith([step], more)).toThrow(`chart/task: ${message}`);
});

test('an imported task is held to the same', () => {
  const declare = () => synthesize((chart) => Task.fromTaskName(chart, 'theirs', 'theirs', { results: ['a.b'] }));
  expect(declare).toThrow("chart/theirs: result 'a.b' is no name for one");
});

interface Parts {
  readonly chart: Chart;
  readonly pipeline: Pipeline<{ readonly url: object }, 'shared'>;
  readonly task: Task<{ readonly url: object }, 'commit', 'source'>;
  readonly first: PipelineTask<'commit'>;
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
    const first = pipeline.addTask('first', task, { params: { url: 'x' }, workspaces: { source: 'shared' } });
    declare({ chart, pipeline, task, first });
  });

const workspaces = { source: 'shared' } as const;
const adding = (use: object, name = 'second') => pipelineWith(({ pipeline, task }) => pipeline.addTask(name, task, use as never));
const argument = (url: string) => adding({ params: { url }, workspaces });

test('a pipeline may name its parameters, the results of its tasks and its run', () => {
  expect(
    pipelineWith(({ pipeline, task, first }) => {
      pipeline.addTask('second', task, {
        params: { url: `${pipeline.params.url} ${first.results.commit} ${RUN_NAME}` },
        workspaces,
      });
    }),
  ).not.toThrow();
});

test.each<[string, string, () => unknown]>([
  [
    'a variable as a text',
    "task 'second': an argument has the text $(tasks.first.results.commit), which Tekton would replace, and which cannot be escaped; to mean a variable",
    argument('$(tasks.first.results.commit)'),
  ],
  [
    'a parameter of another pipeline, of the same name',
    "task 'second': an argument names $(params.url) of chart/other, which is not known here; use a handle of what is declared here",
    pipelineWith(({ chart, pipeline, task }) => {
      const other = new Pipeline(chart, 'other', { description: 'x', params: { url: {} }, workspaces: ['shared'] });
      other.addTask('first', task, { params: { url: other.params.url }, workspaces });
      pipeline.addTask('second', task, { params: { url: `to ${other.params.url}` }, workspaces });
    }),
  ],
  [
    'a result of another pipeline, of the same names',
    "task 'second': an argument names $(tasks.first.results.commit) of chart/other",
    pipelineWith(({ chart, pipeline, task }) => {
      const other = new Pipeline(chart, 'other', { description: 'x', workspaces: ['shared'] });
      const { results } = other.addTask('first', task, { params: { url: 'x' }, workspaces });
      pipeline.addTask('second', task, { params: { url: results.commit }, workspaces });
    }),
  ],
  [
    'an argument of another kind',
    "task 'second': the argument for 'url' is [\"x\"]; expected a text",
    adding({ params: { url: ['x'] }, workspaces }),
  ],
  [
    'no time',
    "task 'second' has the timeout 0s, which Tekton takes for none",
    adding({ params: { url: 'x' }, workspaces, timeout: Duration.seconds(0) }),
  ],
  [
    'a field of its place',
    "task 'second' has the field 'runafter', which nothing reads; did you mean 'runAfter'?",
    adding({ params: { url: 'x' }, workspaces, runafter: [] }),
  ],
  ['a missing argument', "task 'second': no argument for parameter 'url'; give one", adding({ params: {}, workspaces })],
  [
    'an undeclared argument',
    "task 'second': an argument for 'uri', which is no parameter of it; did you mean 'url'?",
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
    "result 'x' names $(params.url) of chart/other",
    pipelineWith(({ chart, pipeline, task }) => {
      const other = new Pipeline(chart, 'other', { description: 'x', params: { url: {} }, workspaces: ['shared'] });
      other.addTask('first', task, { params: { url: 'x' }, workspaces });
      pipeline.addResult('x', other.params.url, 'x');
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
    'a variable as a text',
    "the argument for 'url' has the text $(params.url), which Tekton would replace, and which cannot be escaped",
    { params: { url: '{"a": "$(params.url)"}' } },
  ],
  ['a missing argument', "the run: no argument for parameter 'url'; give one", { params: {} }],
  [
    'an unknown argument',
    "the run: an argument for 'urll', which is no parameter of it; did you mean 'url'?",
    { params: { url: 'x', urll: 'x' } },
  ],
  ['an argument of another kind', "the run: the argument for 'url' is 8; expected a text", { params: { url: 8 } }],
  ['a list for a text', 'the run: the argument for \'url\' is ["x"]; expected a text', { params: { url: ['x'] } }],
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
  expect(running({ workspaces: undefined, params: { url: '$(params.url)' } })).toThrow(/which Tekton would[^]*nothing serves/);
});
