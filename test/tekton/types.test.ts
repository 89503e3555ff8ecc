/**
 * What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it.
 * The code runs, too, so that the same declarations are known to work when they are right.
 */
import { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { EnvironmentApp } from '../../lib/synth/app';

const image = 'registry.local:5000/x:1';

function clone(chart: Chart) {
  return new Task(chart, 'clone', {
    description: 'x',
    params: { url: {}, revision: { default: 'HEAD' }, flags: { type: 'array', default: [] } },
    results: ['commit'],
    workspaces: ['source'],
    volumes: { work: { kind: 'scratch' } },
    steps: ({ params, results }) => [
      {
        name: 'clone',
        image,
        script: '#!/bin/sh\n',
        env: { URL: params.url, RESULT: results.commit },
        mounts: { work: '/work' },
      },
    ],
  });
}

test('right declarations compile, wrong ones do not', () => {
  const chart = new Chart(new EnvironmentApp('test'), 'chart');
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder');
  const task = clone(chart);
  const pipeline = new Pipeline(chart, 'pipeline', { description: 'x', params: { url: {} }, workspaces: ['shared'] });
  const done = pipeline.addTask('clone', task, { params: { url: pipeline.params.url }, workspaces: { source: 'shared' } });
  pipeline.addTask('again', task, {
    params: { url: done.results.commit, flags: ['-v'] },
    workspaces: { source: 'shared' },
    runAfter: [done],
  });
  const simple = new Pipeline(chart, 'simple', { description: 'x', params: { url: {} } });
  new PipelineRun(chart, 'run', { pipeline: simple, params: { url: 'x' }, serviceAccount });

  const mustNotCompile = (): void => {
    // @ts-expect-error a parameter that the task does not declare
    pipeline.addTask('a', task, { params: { url: 'x', uri: 'x' }, workspaces: { source: 'shared' } });
    // @ts-expect-error a required argument is missing
    pipeline.addTask('b', task, { params: {}, workspaces: { source: 'shared' } });
    // @ts-expect-error an array for a string
    pipeline.addTask('c', task, { params: { url: ['x'] }, workspaces: { source: 'shared' } });
    // @ts-expect-error a workspace that the pipeline does not declare
    pipeline.addTask('d', task, { params: { url: 'x' }, workspaces: { source: 'shard' } });
    // @ts-expect-error a result that the task does not have
    pipeline.addTask('e', task, { params: { url: done.results.comit }, workspaces: { source: 'shared' } });
    // @ts-expect-error a pipeline with workspaces cannot run without them
    new PipelineRun(chart, 'f', { pipeline, params: { url: 'x' }, serviceAccount });
    // @ts-expect-error a service account by its name
    new PipelineRun(chart, 'i', { pipeline: simple, params: { url: 'x' }, serviceAccount: 'builder' });
    // @ts-expect-error an argument of the run is missing
    new PipelineRun(chart, 'g', { pipeline: simple, params: {}, serviceAccount });
    new Task(chart, 'h', {
      description: 'x',
      params: { url: {} },
      volumes: { work: { kind: 'scratch' } },
      steps: ({ params }) => [
        // @ts-expect-error a parameter that is not declared
        { name: 'x', image, script: '', env: { URL: params.ulr } },
        // @ts-expect-error a volume that is not declared
        { name: 'y', image, script: '', mounts: { wrok: '/work' } },
      ],
    });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});
