/** What is declared arrives byte for byte: past Tekton, which replaces its variables, and the kubelet, which replaces `$(NAME)` and `$$`. */
import { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { EnvironmentApp } from '../../lib/synth/app';
import { literally } from '../../lib/synth/container-text';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { synthesize } from './synthesize';

/** k8s.io/kubernetes/third_party/forked/golang/expansion/expand.go, for variables that are all set to WRONG. */
function asTheKubelet(text: string): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (_, what: string) => (what === '$' ? '$' : 'WRONG'));
}

const TEXTS = [
  '$',
  '$$',
  '$$$',
  '/tmp/t-$$',
  '$(HOME)',
  '$$(HOME)',
  '$$$(HOME)',
  'a$(b',
  '$x',
  '$(date)$',
  '$$x$(',
  '"$(id -u)"\n',
  'é$$',
];

test.each(TEXTS)('%j arrives as it is', (text) => {
  expect(asTheKubelet(literally(text))).toBe(text);
  expect(asTheKubelet(`${literally(text)}(HOME)$$`)).toBe(`${text}(HOME)$`);
});

test('arguments, defaults and the environment are written so, an image and a mount are not', () => {
  const objects = synthesize((chart) => {
    const task = new Task(chart, 'task', {
      description: 'x',
      egress: [],
      params: { all: {}, list: { type: 'array' }, repo: { type: 'object', properties: { url: {} } }, pid: { default: '$$' } },
      env: ({ params }) => ({ ALL: `cost: $${params.all}`, HOMES: '$(HOME)' }),
      steps: ({ params }) => [
        { name: 'a', image: 'x:1', script: 'echo $$ $(HOME)', env: { PID: '$$' }, args: ['$$', params.list] },
      ],
    });
    const pipeline = new Pipeline(chart, 'pipeline', { description: 'x', params: { all: {} } });
    pipeline.addTask('task', task, { params: { all: pipeline.params.all, list: ['$$', 'x'], repo: { url: '$(HOME)' } } });
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder');
    new PipelineRun(chart, 'run', { pipeline, params: { all: 'f() { echo $(id) > /tmp/t-$$; }' }, serviceAccount });
  });
  const [task, pipeline, run] = objects.map(({ spec }) => spec);
  expect(task).toMatchObject({
    params: [{}, {}, {}, { name: 'pid', default: '$$$$' }],
    stepTemplate: {
      env: [
        // What the parameter holds may begin with a bracket.
        { name: 'ALL', value: 'cost: $$$(params.all)' },
        { name: 'HOMES', value: '$$(HOME)' },
      ],
    },
    // Tekton hands scripts on in an encoding of its own.
    steps: [{ script: 'echo $$ $(HOME)', env: [{ name: 'PID', value: '$$$$' }], args: ['$$$$', '$(params.list[*])'] }],
  });
  expect(pipeline).toMatchObject({
    tasks: [{ params: [{ value: '$(params.all)' }, { value: ['$$$$', 'x'] }, { value: { url: '$$(HOME)' } }] }],
  });
  expect(run).toMatchObject({ params: [{ value: 'f() { echo $$(id) > /tmp/t-$$$; }' }] });
});

test('a dot in the name of a parameter is no end of the name', () => {
  const [task, pipeline] = synthesize((chart) => {
    const params = { 'a.b': {}, 'c-d': { type: 'array' } } as const;
    const reading = new Task(chart, 'task', {
      description: 'x',
      egress: [],
      params,
      steps: ({ params: named }) => [{ name: 'a', image: 'x:1', script: '', env: { X: named['a.b'] }, args: [named['c-d']] }],
    });
    const around = new Pipeline(chart, 'pipeline', { description: 'x', params });
    around.addTask('task', reading, { params: around.params });
  });
  expect(task?.['spec']).toMatchObject({ steps: [{ env: [{ value: '$(params["a.b"])' }], args: ['$(params.c-d[*])'] }] });
  expect(pipeline?.['spec']).toMatchObject({
    tasks: [{ params: [{ value: '$(params["a.b"])' }, { value: '$(params.c-d[*])' }] }],
  });
});

test('a copy of an object parameter is an object: what was changed in it counts', () => {
  const [, pipeline] = synthesize((chart) => {
    const params = { repo: { type: 'object', properties: { url: {}, branch: {} } } } as const;
    const task = new Task(chart, 'task', {
      description: 'x',
      egress: [],
      params,
      steps: () => [{ name: 'a', image: 'x:1', script: '' }],
    });
    const around = new Pipeline(chart, 'pipeline', { description: 'x', params });
    around.addTask('task', task, { params: { repo: { ...around.params.repo, branch: 'main' } } });
  });
  expect(pipeline?.['spec']).toMatchObject({
    tasks: [{ params: [{ value: { url: '$(params.repo.url)', branch: 'main' } }] }],
  });
});

test('a variable outside of what it belongs to is told', () => {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const pipeline = new Pipeline(chart, 'pipeline', { description: 'x', params: { url: {} } });
  new ServiceAccount(chart, 'account', { metadata: { name: 'account', annotations: { url: pipeline.params.url } } });
  expect(() => app.synthesize()).toThrow(/chart\/account: metadata.annotations.url holds .*: a value that was not known yet/);
});
