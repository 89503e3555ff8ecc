import { Duration, Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { addressOf } from '../../lib/registry/address';
import { ImportedImage } from '../../lib/registry/image';
import { ImagePipeline } from '../../lib/registry/image-pipeline';
import { Registry } from '../../lib/registry/registry';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';
import { runParameters, stepsOf } from '../tekton/manifests';

function declare(pushSecret?: string) {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'chart');
  const registry = new Registry({ host: 'registry.test', plainHttp: false, ...(pushSecret !== undefined && { pushSecret }) });
  const pipeline = new ImagePipeline(chart, 'bakery', {
    description: 'Bakes cakes.',
    registry,
    toolbox: 'registry.test/toolbox:1',
    serviceAccount: new ServiceAccount(chart, 'baker', { metadata: { name: 'baker' } }),
    params: { candles: { description: 'How many.' } },
    workspaces: ['kitchen'],
    work: Size.gibibytes(1),
    env: ({ params, workspaces }) => ({ CANDLES: params.candles, KITCHEN: workspaces.kitchen }),
    steps: () => [{ name: 'bake', image: 'x:1', script: '#!/bin/sh\n', mounts: { work: '/work' } }],
    timeout: Duration.minutes(5),
  });
  const flour = new ImportedImage(chart, 'flour', `registry.test/flour@sha256:${'f'.repeat(64)}`);
  const made = pipeline.make(chart, 'birthday', {
    name: 'birthday-cake',
    repository: registry.repository('cakes/birthday'),
    address: addressOf({ cake: 1 }),
    params: { candles: '7' },
    workspaces: { kitchen: { configMap: 'kitchen-1' } },
    from: [flour],
  });
  return { made, flour, objects: app.synthesize().objects.map(({ manifest }) => manifest) };
}

test('what makes an image stands between asking for it and pushing it', () => {
  const steps = stepsOf(declare('push').objects, 'bakery-image');
  expect(steps.map(({ name, image, mounts }) => [name, image, mounts])).toEqual([
    ['look-up', 'registry.test/toolbox:1', ['work', 'credentials']],
    ['bake', 'x:1', ['work']],
    ['push', 'registry.test/toolbox:1', ['work', 'credentials']],
  ]);
});

test('without a secret for pushing there are no credentials anywhere', () => {
  expect(stepsOf(declare().objects, 'bakery-image').flatMap(({ mounts }) => mounts)).not.toContain('credentials');
});

test('the pipeline hands its parameters and workspaces on, and tells digest and how it was made', () => {
  expect(declare().objects.find(({ kind }) => kind === 'Pipeline')?.['spec']).toMatchObject({
    tasks: [
      {
        taskRef: { name: 'bakery-image' },
        params: ['image', 'registry-tls', 'candles'].map((name) => ({ name, value: `$(params.${name})` })),
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
  const reference = `registry.test/cakes/birthday:c-${addressOf({ cake: 1 })}`;
  const run = objects.find(({ kind }) => kind === 'PipelineRun');
  expect(run?.metadata.annotations).toEqual({ [IMAGE_ANNOTATION]: reference });
  expect(run?.['spec']).toMatchObject({
    timeouts: { pipeline: '5m0s' },
    taskRunTemplate: { serviceAccountName: 'baker', podTemplate: { automountServiceAccountToken: false } },
    workspaces: [{ name: 'kitchen', configMap: { name: 'kitchen-1' } }],
  });
  expect(runParameters(objects, 'birthday-cake')).toEqual({ image: reference, 'registry-tls': 'true', candles: '7' });
  expect(made).toMatchObject({ reference, address: addressOf({ cake: 1 }) });
  expect(made.node.dependencies).toContain(flour);
});

test('a field that no step has does not compile', () => {
  const chart = new EnvironmentChart(new EnvironmentApp('test'), 'chart');
  const making = {
    ...{ description: 'x', registry: new Registry({ host: 'registry.test', plainHttp: false }), toolbox: 'x:1' },
    ...{ serviceAccount: new ServiceAccount(chart, 'baker'), work: Size.gibibytes(1), timeout: Duration.minutes(5) },
  };
  const env = () => ({});
  const step = { name: 'bake', image: 'x:1', script: '', mounts: { work: '/work' } };
  const mustNotCompile = (): void => {
    const misspelt = { ...step, readOnyl: ['work'] };
    // @ts-expect-error a misspelt field of a step
    new ImagePipeline(chart, 'a', { ...making, params: {}, env, steps: () => [step, misspelt] });
    // @ts-expect-error a misspelt field of a parameter
    new ImagePipeline(chart, 'b', { ...making, params: { a: { description: 'x', defualt: '' } }, env, steps: () => [step] });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});
