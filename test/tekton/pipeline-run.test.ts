import { type Chart, Duration } from 'cdk8s';
import { type IServiceAccount, ServiceAccount } from 'cdk8s-plus-27';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { synthesize } from './synthesize';

const builder = (chart: Chart): IServiceAccount => ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder');

function pipelineIn(chart: Chart): Pipeline<{ readonly who: object }> {
  const task = new Task(chart, 'greet', {
    egress: [],
    description: 'Greets.',
    params: { who: {} },
    results: ['greeting'],
    steps: ({ params, results }) => [
      { name: 'greet', image: 'x:1', script: '#!/bin/sh\n', env: { WHO: params.who, OUT: results.greeting } },
    ],
  });
  const pipeline = new Pipeline(chart, 'greetings', { description: 'Greets twice.', params: { who: {} } });
  const first = pipeline.addTask('first', task, { params: { who: pipeline.params.who } });
  const second = pipeline.addTask('second', task, { params: { who: first.results.greeting } });
  pipeline.addResult('greeting', second.results.greeting, 'The last greeting.');
  return pipeline;
}

const nameFor = (who: string, timeout?: Duration): string =>
  synthesize((chart) => {
    new PipelineRun(chart, 'run', {
      pipeline: pipelineIn(chart),
      params: { who },
      serviceAccount: builder(chart),
      ...(timeout !== undefined && { timeout }),
    });
  }).at(-1)?.metadata.name ?? '';

test('a run is named by its whole spec and its attempt', () => {
  expect(nameFor('x')).toMatch(/^run-[0-9a-f]{10}-1$/);
  expect(nameFor('x')).toBe(nameFor('x'));
  expect(nameFor('y')).not.toBe(nameFor('x'));
  expect(nameFor('x', Duration.minutes(5))).not.toBe(nameFor('x'));
});

test('task, pipeline and run stand in the order in which they can be applied', () => {
  const objects = synthesize(
    (chart) =>
      new PipelineRun(chart, 'run', { pipeline: pipelineIn(chart), params: { who: 'x' }, serviceAccount: builder(chart) }),
  );
  expect(objects.map(({ kind }) => kind)).toEqual(['Task', 'Pipeline', 'PipelineRun']);
  expect(objects[1]?.['spec']).toMatchObject({
    tasks: [
      { name: 'first', params: [{ name: 'who', value: '$(params.who)' }] },
      { name: 'second', params: [{ name: 'who', value: '$(tasks.first.results.greeting)' }] },
    ],
    results: [{ name: 'greeting', value: '$(tasks.second.results.greeting)' }],
  });
});

test('a step runs as nobody without capabilities unless it says root', () => {
  const [task] = synthesize((chart) => pipelineIn(chart));
  expect(task?.['spec']).toMatchObject({
    steps: [{ securityContext: { runAsUser: 65534, runAsNonRoot: true, capabilities: { drop: ['ALL'] } } }],
  });
});

test('a pipeline without tasks is refused', () => {
  expect(() => synthesize((chart) => new Pipeline(chart, 'empty', { description: 'x' }))).toThrow(
    'chart/empty: a pipeline needs at least one task',
  );
});

test('another script is another run, although the run itself says the same', () => {
  const nameWith = (script: string): string =>
    synthesize((chart) => {
      const task = new Task(chart, 'greet', {
        egress: [],
        description: 'x',
        steps: () => [{ name: 'greet', image: 'x:1', script }],
      });
      const pipeline = new Pipeline(chart, 'greetings', { description: 'x' });
      pipeline.addTask('greet', task, { params: {} });
      new PipelineRun(chart, 'run', { pipeline, params: {}, serviceAccount: builder(chart) });
    }).at(-1)?.metadata.name ?? '';
  expect(nameWith('#!/bin/sh\ntrue\n')).not.toBe(nameWith('#!/bin/sh\nfalse\n'));
});

test('a run without arguments has no empty list of them, which the API server would drop', () => {
  const run = synthesize((chart) => {
    const task = new Task(chart, 'greet', {
      description: 'x',
      egress: [],
      steps: () => [{ name: 'a', image: 'x:1', script: '' }],
    });
    const pipeline = new Pipeline(chart, 'greetings', { description: 'x' });
    pipeline.addTask('greet', task, { params: {} });
    new PipelineRun(chart, 'run', { pipeline, params: {}, serviceAccount: builder(chart) });
  }).at(-1);
  expect(Object.keys(run?.['spec'] as object)).not.toContain('params');
});

test('a result that comes after the first run of its pipeline is refused', () => {
  expect(() =>
    synthesize((chart) => {
      const pipeline = pipelineIn(chart);
      new PipelineRun(chart, 'run', { pipeline, params: { who: 'x' }, serviceAccount: builder(chart) });
      pipeline.addResult('late', pipeline.params.who, 'x');
    }),
  ).toThrow("chart/greetings: add result 'late' before the first run: a run's name covers all that it hands on");
});

test('a task that comes after the first run of its pipeline is refused', () => {
  expect(() =>
    synthesize((chart) => {
      const pipeline = pipelineIn(chart);
      new PipelineRun(chart, 'run', { pipeline, params: { who: 'x' }, serviceAccount: builder(chart) });
      const task = new Task(chart, 'late', {
        description: 'x',
        egress: [],
        steps: () => [{ name: 'a', image: 'x:1', script: '' }],
      });
      pipeline.addTask('late', task, { params: {} });
    }),
  ).toThrow("chart/greetings: add task 'late' before the first run: a run's name covers all that it executes");
});
