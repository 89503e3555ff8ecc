import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ImagePipeline } from '../../lib/registry/image-pipeline';
import { EnvironmentApp } from '../../lib/synth/app';
import { IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';

function declare() {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const params = { image: { description: 'Where it goes.' } } as const;
  const task = new Task(chart, 'cake', {
    description: 'Bakes.',
    params,
    results: ['digest', 'made'],
    workspaces: ['kitchen'],
    steps: () => [{ name: 'bake', image: 'x:1', script: '#!/bin/sh\n' }],
  });
  const pipeline = new ImagePipeline(chart, 'bakery', {
    description: 'Bakes cakes.',
    params,
    workspaces: ['kitchen'],
    task,
    serviceAccountName: 'baker',
    timeout: '5m0s',
  });
  const flour = { run: new Construct(chart, 'flour') };
  const made = pipeline.make(chart, 'birthday', {
    image: 'registry.test/cake:c-1',
    params: { image: 'registry.test/cake:c-1' },
    workspaces: { kitchen: { configMap: 'kitchen-1' } },
    from: [flour],
  });
  return { made, flour, objects: app.synthesize().objects.map(({ manifest }) => manifest) };
}

test('a pipeline of one task hands its parameters and workspaces on, and tells digest and how it was made', () => {
  expect(declare().objects.find(({ kind }) => kind === 'Pipeline')?.['spec']).toMatchObject({
    tasks: [
      {
        taskRef: { name: 'cake' },
        params: [{ name: 'image', value: '$(params.image)' }],
        workspaces: [{ name: 'kitchen', workspace: 'kitchen' }],
      },
    ],
    results: [
      { name: 'digest', value: '$(tasks.bakery.results.digest)' },
      { name: 'made', value: '$(tasks.bakery.results.made)' },
    ],
  });
});

test('a run says which image it makes, as whom and how long, and comes after what it is made from', () => {
  const { made, flour, objects } = declare();
  const run = objects.find(({ kind }) => kind === 'PipelineRun');
  expect(run?.metadata.annotations).toEqual({ [IMAGE_ANNOTATION]: 'registry.test/cake:c-1' });
  expect(run?.['spec']).toMatchObject({
    timeouts: { pipeline: '5m0s' },
    taskRunTemplate: { serviceAccountName: 'baker', podTemplate: { automountServiceAccountToken: false } },
    workspaces: [{ name: 'kitchen', configMap: { name: 'kitchen-1' } }],
  });
  expect(made.image).toBe('registry.test/cake:c-1');
  expect(made.run.node.dependencies).toContain(flour.run);
});
