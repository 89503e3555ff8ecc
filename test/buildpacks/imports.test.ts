import { Builder } from '../../lib/buildpacks/builder/builder';
import { Runtime } from '../../lib/buildpacks/runtime/runtime';
import { Stack } from '../../lib/buildpacks/stack/stack';
import { abi, BUILDPACKS, house, locked } from './house';
import { runParameters } from '../tekton/manifests';

const at = (name: string): string => `registry.test/${name}@sha256:${'5'.repeat(64)}`;

function imports() {
  const { chart, pipelines, manifests } = house();
  const attributes = {
    suite: 'bookworm',
    abi,
    runImage: at('run'),
    buildImage: at('build'),
    packages: ['curl'],
    pipelines,
  } as const;
  const stack = Stack.fromImages(chart, 'theirs', attributes);
  const python = Runtime.fromImage(chart, 'their-python', { image: at('python'), version: '3.11.2', target: stack.target });
  return { chart, manifests, stack, python };
}

test('nothing is run for what is imported', () => {
  const { manifests } = imports();
  expect(manifests()).toHaveLength(house().manifests().length);
});

test('a stack, a runtime and a builder of our own stand on what is imported', () => {
  const { chart, manifests, stack } = imports();
  const lock = { stack: 'own', abi, run: locked(['make']), build: {} };
  const own = new Stack(chart, 'own', { extends: stack, packages: { run: ['make', 'curl'] }, lock });
  const runtime = new Runtime(chart, 'own-runtime', {
    version: '1',
    builtOn: stack,
    from: { kind: 'archive', archive: { url: 'https://x.test/x.tar', sha256: '1'.repeat(64), purl: 'pkg:generic/x@1' } },
  });
  const platformImage = BUILDPACKS.at(-1);
  new Builder(chart, 'own-builder', { stack: own, order: platformImage ? [[platformImage]] : [] });
  expect(runParameters(manifests(), 'own-run-image')['parent']).toBe(at('run'));
  expect(runParameters(manifests(), 'own-runtime-1-runtime')['build-image']).toBe(at('build'));
  expect(runtime.target).toEqual(stack.target);
});

test('a builder that is imported says what is in it', () => {
  const { chart, stack, python } = imports();
  const attributes = {
    stack,
    buildpacks: BUILDPACKS,
    runtimes: [python],
    lifecycle: 'registry.test/lifecycle:0.21.0',
    order: [],
    system: { pre: [], post: [] },
    buildConfig: [],
  };
  const builder = Builder.fromImage(chart, 'theirs-builder', { ...attributes, image: at('builder') });
  expect(builder).toMatchObject({ name: 'theirs-builder', ...attributes });
  expect(builder.image.reference).toBe(at('builder'));
});

test('what is named by a tag cannot be imported', () => {
  const { chart, stack } = imports();
  expect(() => Runtime.fromImage(chart, 'x', { image: 'registry.test/x:1', version: '1', target: stack.target })).toThrow(
    "chart/x/image: 'registry.test/x:1' is no image by digest",
  );
});
