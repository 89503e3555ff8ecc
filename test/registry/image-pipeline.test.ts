import { Duration, Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { addressOf } from '../../lib/registry/address';
import { ImportedImage } from '../../lib/registry/image';
import { ImagePipeline } from '../../lib/registry/image-pipeline';
import { Registry } from '../../lib/registry/registry';
import { RegistryTasks } from '../../lib/registry/registry-tasks';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';
import { runParameters, stepsOf } from '../tekton/manifests';

function declare(pushSecret?: string) {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'chart');
  const registry = new Registry({ host: 'registry.test', plainHttp: false, ...(pushSecret !== undefined && { pushSecret }) });
  const asked = { registry, toolbox: 'registry.test/toolbox:1' };
  const pipeline = new ImagePipeline(chart, 'bakery', {
    description: 'Bakes cakes.',
    ...asked,
    asking: new RegistryTasks(chart, 'asking', asked),
    serviceAccount: new ServiceAccount(chart, 'baker', { metadata: { name: 'baker' } }),
    params: { candles: { description: 'How many.' } },
    workspaces: ['kitchen'],
    egress: ['mirror'],
    work: Size.gibibytes(1),
    image: Size.gibibytes(2),
    pull: () => ({ script: '#!/bin/sh\n' }),
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

const steps = (...args: Parameters<typeof declare>) =>
  stepsOf(declare(...args).objects, 'bakery-image').map(({ name, image, mounts }) => [name, image, mounts]);

test('what makes an image stands between a step that has the Secret and one that has its copy, with a guard before it', () => {
  expect(steps('push')).toEqual([
    ['pull', 'registry.test/toolbox:1', ['image', 'credentials', 'handed']],
    ['bake', 'x:1', ['work']],
    ['guard', 'registry.test/toolbox:1', ['image']],
    ['push', 'registry.test/toolbox:1', ['image', 'handed']],
  ]);
});

test('without a secret for pushing there are no credentials anywhere, and nothing to hand over', () => {
  expect(steps()).toEqual([
    ['pull', 'registry.test/toolbox:1', ['image']],
    ['bake', 'x:1', ['work']],
    ['guard', 'registry.test/toolbox:1', ['image']],
    ['push', 'registry.test/toolbox:1', ['image']],
  ]);
});

test('a task in which something runs that is built has no results; what the run says of the image is asked elsewhere', () => {
  const { objects } = declare();
  const task = (name: string) => objects.find(({ kind, metadata }) => kind === 'Task' && metadata.name === name)?.['spec'];
  expect(task('bakery-image')).not.toHaveProperty('results');
  const image = { name: 'image', value: '$(params.image)' };
  const when = [{ input: '$(tasks.look-up.results.made)', operator: 'in', values: ['built'] }];
  expect(objects.find(({ kind }) => kind === 'Pipeline')?.['spec']).toMatchObject({
    tasks: [
      { name: 'look-up', params: [image] },
      {
        taskRef: { name: 'bakery-image' },
        params: [image, { name: 'candles', value: '$(params.candles)' }],
        workspaces: [{ name: 'kitchen', workspace: 'kitchen' }],
        when,
      },
      { name: 'digest', params: [image], runAfter: ['bakery'], when },
    ],
    results: [
      { name: 'made', value: '$(tasks.look-up.results.made)' },
      { name: 'found', value: '$(tasks.look-up.results.digest)' },
      { name: 'digest', value: '$(tasks.digest.results.digest)' },
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
  expect(runParameters(objects, 'birthday-cake')).toEqual({ image: reference, candles: '7' });
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
