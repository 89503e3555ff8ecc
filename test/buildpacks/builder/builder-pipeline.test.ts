import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Builder } from '../../../lib/buildpacks/builder/builder';
import { BuilderPipeline } from '../../../lib/buildpacks/builder/builder-pipeline';
import type { Runtime } from '../../../lib/buildpacks/runtime/runtime';
import { Registry } from '../../../lib/registry/registry';
import { EnvironmentApp } from '../../../lib/synth/app';
import { builder, buildpack } from '../declarations';
import { runParameters, stepsOf } from '../../tekton/manifests';

function declare(declared: Builder = builder) {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const pipeline = new BuilderPipeline(chart, 'builder-pipeline', {
    registry: new Registry({ host: 'registry.test', plainHttp: false, pushSecret: 'push' }),
    toolbox: 'registry.test/toolbox:1',
    lifecycle: 'registry.test/lifecycle:0.20.11',
    serviceAccountName: 'builder',
  });
  const made = (name: string) => ({ image: `registry.test/${name}:1`, run: new Construct(chart, `run of ${name}`) });
  const runtimes = new Map<Runtime, ReturnType<typeof made>>(declared.runtimes.map((each) => [each, made(each.kind)]));
  const buildImage = made('language-build');
  const { run } = pipeline.make(chart, declared, {
    buildImage,
    runRepository: 'registry.test/platform/language-run',
    runtimeImage: (runtime) => runtimes.get(runtime) ?? made('none'),
  });
  return { objects: app.synthesize().objects.map(({ manifest }) => manifest), run, from: [buildImage, ...runtimes.values()] };
}

const filesOf = ({ objects }: Pick<ReturnType<typeof declare>, 'objects'>) => objects.find(({ kind }) => kind === 'ConfigMap');

test('a runtime lies in the folder of the buildpack that lays it', () => {
  expect(runParameters(declare().objects, 'python-builder')['runtimes']).toBe(
    'toolforge_python/1.2.3 registry.test/python:1\ntoolforge_uwsgi/1.2.3 registry.test/uwsgi:1',
  );
});

test('a runtime that no buildpack lays is refused, naming builder and buildpack', () => {
  expect(() => declare({ ...builder, buildpacks: builder.buildpacks.slice(1) })).toThrow(
    'builder python: nothing lays the runtime python; add the buildpack toolforge/python',
  );
});

test('build image, runtimes and files come before the run', () => {
  const { run, from } = declare();
  expect(run.node.dependencies).toEqual(expect.arrayContaining(from.map((each) => each.run)));
  const kinds = declare().objects.map(({ kind }) => kind);
  expect(kinds.indexOf('ConfigMap')).toBeLessThan(kinds.indexOf('PipelineRun'));
});

test('the files of buildpacks are named by their content, and never changed', () => {
  const files = filesOf(declare());
  expect(files?.metadata.name).toMatch(/^python-buildpacks-[0-9a-f]{10}$/);
  expect(files).toMatchObject({ immutable: true, data: { toolforge_python__bin__build: '#!/bin/bash\n' } });
  const [first, ...others] = builder.buildpacks;
  const changed = { ...buildpack('python'), files: [{ path: 'bin/build', content: '#!/bin/sh\n', executable: true }] };
  expect(first?.id).toBe(changed.id);
  expect(filesOf(declare({ ...builder, buildpacks: [changed, ...others] }))?.metadata.name).not.toBe(files?.metadata.name);
});

test('each file is where the image will have it, and only programs can be started', () => {
  const { objects } = declare();
  const run = objects.find(({ kind }) => kind === 'PipelineRun');
  const [workspace] = (run?.['spec'] as { workspaces: { name: string; configMap: { name: string; items: object[] } }[] })
    .workspaces;
  expect(workspace).toMatchObject({ name: 'buildpacks', configMap: { name: filesOf({ objects })?.metadata.name } });
  expect(workspace?.configMap.items.slice(0, 2)).toEqual([
    { key: 'toolforge_python__bin__build', path: 'toolforge_python/1.2.3/bin/build', mode: 0o755 },
    { key: 'toolforge_python__lay__layer.sh', path: 'toolforge_python/1.2.3/lay/layer.sh', mode: 0o644 },
  ]);
});

test('nobody makes it, and what assembles it sees no credential', () => {
  expect(stepsOf(declare().objects, 'builder-image').map(({ name, user, mounts }) => [name, user, mounts])).toEqual([
    ['look-up', 65534, ['work', 'credentials']],
    ['fetch', 65534, ['work', 'credentials']],
    ['assemble', 65534, ['work']],
    ['push', 65534, ['work', 'credentials']],
  ]);
});
