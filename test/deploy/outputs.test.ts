import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import { outputsOf } from '../../lib/deploy/outputs';
import type { RunOutcome } from '../../lib/deploy/run-outcome';
import { EnvironmentApp } from '../../lib/synth/app';

function outputs(): ReturnType<typeof outputsOf> {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
  const make = (id: string, apiVersion: string, kind: string, spec: object = {}): ApiObject =>
    new ApiObject(chart, id, { apiVersion, kind, metadata: { name: id }, spec });
  make('later', 'tekton.dev/v1', 'Pipeline');
  make('build', 'tekton.dev/v1', 'Pipeline');
  make('pipeline-of-others', 'example.org/v1', 'Pipeline');
  const image = (name: string, value: string): object => ({ name, value });
  make('web', 'tekton.dev/v1', 'PipelineRun', {
    params: [image('repository', 'registry:5000/web'), image('tags', 'testing latest')],
  });
  for (const tool of ['tool-a', 'tool-b'])
    make(tool, 'tekton.dev/v1', 'PipelineRun', {
      params: [image('repository', `registry:5000/${tool}/web`), image('tags', 'latest')],
    });
  make('base', 'tekton.dev/v1', 'PipelineRun', { params: [image('image', 'registry:5000/base:c-1')] });
  const outcome = (name: string): pulumi.Output<RunOutcome> =>
    pulumi.output({ run: name, image: `registry:5000/${name}:c-1@sha256:abc`, made: 'built', seconds: 1 });
  const runs = {
    'chart/web': outcome('web'),
    'chart/base': outcome('base'),
    'chart/tool-a': outcome('tool-a/web'),
    'chart/tool-b': outcome('tool-b/web'),
  };
  return outputsOf(app.synthesize().objects, runs, 'registry:5000');
}

test('the images are those that tools use: by public tag and by digest, with the whole name', async () => {
  const { images } = outputs();
  expect(Object.keys(images).sort()).toEqual(['tool-a/web', 'tool-b/web', 'web']);
  const found = await new Promise((resolve) => images['web']?.apply(resolve));
  expect(found).toEqual({ public: 'registry:5000/web:latest', immutable: 'registry:5000/web@sha256:abc' });
});

test('every run, the pipelines of Tekton in order, the registry', () => {
  const { runs, pipelines, registry } = outputs();
  expect(Object.keys(runs)).toEqual(['chart/web', 'chart/base', 'chart/tool-a', 'chart/tool-b']);
  expect(pipelines).toEqual(['builds/build', 'builds/later']);
  expect(registry).toBe('registry:5000');
});
