/**
 * What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it.
 * The code runs, too, so that the same declarations are known to work when they are right.
 */
import { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { SecretReference } from '../../lib/tekton/secret-reference';
import { ConfigMapReference } from '../../lib/tekton/config-map-reference';
import { EnvironmentApp } from '../../lib/synth/app';

const image = 'registry.local:5000/x:1';
const told = { description: 'x', egress: [] } as const;

function clone(chart: Chart) {
  return new Task(chart, 'clone', {
    ...told,
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
    // @ts-expect-error a workspace of the task that nothing serves
    pipeline.addTask('j', task, { params: { url: 'x' } });
    // @ts-expect-error a result that the task does not have
    pipeline.addTask('e', task, { params: { url: done.results.comit }, workspaces: { source: 'shared' } });
    // @ts-expect-error a pipeline with workspaces cannot run without them
    new PipelineRun(chart, 'f', { pipeline, params: { url: 'x' }, serviceAccount });
    // @ts-expect-error a service account by its name
    new PipelineRun(chart, 'i', { pipeline: simple, params: { url: 'x' }, serviceAccount: 'builder' });
    // @ts-expect-error an argument of the run is missing
    new PipelineRun(chart, 'g', { pipeline: simple, params: {}, serviceAccount });
    new Task(chart, 'h', {
      ...told,
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

test('kinds are kept apart', () => {
  const chart = new Chart(new EnvironmentApp('test'), 'chart');
  const repo = { type: 'object', properties: { url: {}, commit: {} } } as const;
  const params = { url: {}, flags: { type: 'array' }, repo } as const;
  const task = Task.fromTaskName(chart, 'task', 'task', {
    params,
    results: [
      'url',
      { name: 'flags', type: 'array' },
      { name: 'repo', ...repo },
      { name: 'less', type: 'object', properties: { url: {} } },
    ],
  });
  const pipeline = new Pipeline(chart, 'pipeline', { description: 'x', params });
  const { results } = pipeline.addTask('a', task, { params: pipeline.params });
  const right = { url: results.url, flags: results.flags, repo: results.repo };
  pipeline.addTask('b', task, { params: right });
  pipeline.addTask('c', task, {
    params: { url: results.repo.url, flags: [results.url], repo: { url: 'x', commit: results.url } },
  });

  const mustNotCompile = (): void => {
    // @ts-expect-error a string for an array
    pipeline.addTask('d', task, { params: { ...right, flags: results.url } });
    // @ts-expect-error an array for a string
    pipeline.addTask('e', task, { params: { ...right, url: results.flags } });
    // @ts-expect-error an object for a string
    pipeline.addTask('f', task, { params: { ...right, url: pipeline.params.repo } });
    // @ts-expect-error an object for an array
    pipeline.addTask('g', task, { params: { ...right, flags: results.repo } });
    // @ts-expect-error an array for an object
    pipeline.addTask('h', task, { params: { ...right, repo: pipeline.params.flags } });
    // @ts-expect-error an object that lacks a property
    pipeline.addTask('i', task, { params: { ...right, repo: { url: 'x' } } });
    // @ts-expect-error a result that lacks a property
    pipeline.addTask('j', task, { params: { ...right, repo: results.less } });
    // @ts-expect-error a property that nobody declares
    pipeline.addTask('k', task, { params: { ...right, url: results.repo.branch } });
    // @ts-expect-error an argument for an imported task that it does not declare
    pipeline.addTask('l', task, { params: { ...right, uri: 'x' } });
    const imported = Pipeline.fromPipelineName(chart, 'm', 'm', { params: { url: {} }, workspaces: ['source'] });
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'n', 'n');
    // @ts-expect-error an imported pipeline with workspaces cannot run without them
    new PipelineRun(chart, 'o', { pipeline: imported, params: { url: 'x' }, serviceAccount });
    // @ts-expect-error a parameter without properties is no object
    new Pipeline(chart, 'p', { description: 'x', params: { repo: { type: 'object' } } });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});

test('credentials are references, and only of what there is', () => {
  const chart = new Chart(new EnvironmentApp('test'), 'chart');
  const push = SecretReference.of('kubernetes.io/dockerconfigjson', 'push');
  const forge = SecretReference.opaque('forge', ['token']);
  const step = { name: 'x', image, script: '' };
  const steps = () => [{ ...step, env: { TOKEN: forge.key('token') } }];
  new Task(chart, 'right', { ...told, volumes: { credentials: push.volume() }, steps });

  const mustNotCompile = (): void => {
    // @ts-expect-error a key that the Secret does not have
    forge.key('tokne');
    // @ts-expect-error a key that this type of Secret does not have
    push.volume({ token: 'token' });
    // @ts-expect-error a type of Secret that Kubernetes does not have
    SecretReference.of('kubernetes.io/dockerconfig', 'push');
    // @ts-expect-error a reference that says nothing of type and keys
    new SecretReference('push', 'Opaque', ['token']);
    // @ts-expect-error a key that the ConfigMap does not have
    new ConfigMapReference('names', ['mirror']).key('miror');
    // @ts-expect-error a Secret by its name alone
    new Task(chart, 'a', { ...told, volumes: { credentials: { kind: 'secret', secretName: 'push' } }, steps });
    // @ts-expect-error a whole Secret for a variable
    new Task(chart, 'b', { ...told, steps: () => [{ ...step, env: { TOKEN: forge } }] });
    // @ts-expect-error a credential for every step
    new Task(chart, 'c', { ...told, env: () => ({ TOKEN: forge.key('token') }), steps });
    const params = { list: { type: 'array' } } as const;
    // @ts-expect-error an array in a variable
    new Task(chart, 'd', { ...told, params, steps: (all) => [{ ...step, env: { X: all.params.list } }] });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});

test('a field that nobody reads does not compile, wherever it is written', () => {
  const chart = new Chart(new EnvironmentApp('test'), 'chart');
  const volumes = { work: { kind: 'scratch' }, cache: { kind: 'scratch' } } as const;
  const step = { name: 'x', image, script: '' };
  const right = { ...step, mounts: { work: '/work' }, readOnly: ['work'] } as const;
  const task = new Task(chart, 'right', {
    ...told,
    volumes,
    steps: () => [right, { ...step, name: 'y', user: { root: [] } }],
  });

  const mustNotCompile = (): void => {
    // @ts-expect-error a misspelt field, which would leave the mount writable
    new Task(chart, 'a', { ...told, volumes, steps: () => [{ ...step, mounts: { work: '/w' }, readOnyl: ['work'] }] });
    // @ts-expect-error in a step among others
    new Task(chart, 'b', { ...told, volumes, steps: () => [right, { ...step, usr: 'root' }, right] });
    // @ts-expect-error in what was put together elsewhere
    new Task(chart, 'c', { ...told, volumes, steps: () => [{ ...right, ...{ user: 'root', env_: {} } }] });
    // @ts-expect-error a volume that is not declared, beside one that is
    new Task(chart, 'd', { ...told, volumes, steps: () => [{ ...step, mounts: { work: '/w', cahce: '/c' } }] });
    // @ts-expect-error what steps do not ask for
    new Task(chart, 'e', { ...told, steps: () => [{ ...step, resources: { cpu: 1, memory: 1, disk: 1 } }] });
    // @ts-expect-error a volume's
    new Task(chart, 'f', { ...told, volumes: { work: { kind: 'scratch', sizeLimt: 1 } }, steps: () => [right] });
    // @ts-expect-error a parameter's, which would be required then
    new Task(chart, 'g', { ...told, params: { who: { description: 'x', defualt: 'y' } }, steps: () => [step] });
    // @ts-expect-error an array's
    new Task(chart, 'h', { ...told, params: { who: { type: 'array', properties: {} } }, steps: () => [step] });
    const repo = { type: 'object', properties: { url: { default: 'x' } } } as const;
    // @ts-expect-error a property's: it is a string and nothing else
    new Task(chart, 'i', { ...told, params: { repo }, steps: () => [step] });
    // @ts-expect-error a result's
    new Task(chart, 'j', { ...told, results: ['a', { name: 'b', type: 'array', proprties: {} }], steps: () => [step] });
    // @ts-expect-error of an imported task
    Task.fromTaskName(chart, 'k', 'k', { params: { who: { description: 'x', defualt: 'y' } } });
    // @ts-expect-error of a pipeline
    new Pipeline(chart, 'l', { description: 'x', params: { who: { description: 'x', defualt: 'y' } } });
    // @ts-expect-error of an imported pipeline
    Pipeline.fromPipelineName(chart, 'm', 'm', { params: { who: { type: 'array', defualt: [] } } });
    const pipeline = new Pipeline(chart, 'n', { description: 'x' });
    // @ts-expect-error of a task's place
    pipeline.addTask('o', task, { params: {}, runafter: [] });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});
