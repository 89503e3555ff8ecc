import type { DescribedObject } from '../../lib/diff/described-object';
import { compareObjects } from '../../lib/diff/environment-difference';
import { renderDifference } from '../../lib/diff/render-difference';

const IMAGE = 'cloud-services-buildpacks.toolforge.org/image';

function run(id: string, image: string, params: Readonly<Record<string, string>>): DescribedObject {
  const manifest = {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: { name: `${id}-0123456789-1`, namespace: 'builds', annotations: { [IMAGE]: image } },
    spec: { params: Object.entries({ image, ...params }).map(([name, value]) => ({ name, value })) },
  };
  return { chart: 'chart', path: `chart/${id}`, manifest };
}

/** A run image of these layers, by the address of each, and a platform image on it. */
function environment(version: string, layers: Readonly<Record<string, string>>): DescribedObject[] {
  const text = JSON.stringify({ layers: Object.entries(layers).map(([name, address]) => ({ name, packages: [name], address })) });
  const runImage = `registry.test/platform/run:c-${version}`;
  return [
    run('run', runImage, { layers: text }),
    run('web', `registry.test/toolforge-web:c-aa-r${version}`, {
      'run-image': runImage,
      layers: 'registry.test/toolforge-web:c-aa',
    }),
  ];
}

const before = environment('01', { glibc: 'a', openssl: 'b', perl: 'c' });

test('an update of a package: its layer, and the state, of the run image and of all on it', () => {
  const difference = compareObjects(before, environment('02', { glibc: 'a', openssl: 'd', perl: 'c' }));
  expect(difference.images.map(({ layers }) => layers)).toEqual([
    { all: 4, other: ['openssl', 'state'] },
    { all: 4, other: ['openssl', 'state'] },
  ]);
  expect(renderDifference(difference)).toContain(
    'What a node fetches of the layers of packages:\n  2 of 4 layers below: openssl, state\n    run, toolforge-web',
  );
});

test('nothing is said of layers that stay, and of images that have none by a plan', () => {
  expect(compareObjects(before, before).images.map(({ layers }) => layers)).toEqual([undefined, undefined]);
  const onAnother = compareObjects(before, [run('run', 'registry.test/platform/run:c-02', {})]);
  expect(onAnother.images.map(({ layers }) => layers)).toEqual([undefined, undefined]);
});

test('a layer less: the state is another one', () => {
  const difference = compareObjects(before, environment('02', { glibc: 'a', perl: 'c' }));
  expect(difference.images[0]?.layers).toEqual({ all: 3, other: ['state'] });
});

test('other files of a stack: the state', () => {
  const difference = compareObjects(before, environment('02', { glibc: 'a', openssl: 'b', perl: 'c' }));
  expect(difference.images[1]?.layers).toEqual({ all: 4, other: ['state'] });
});

test('a run of others, whose argument of that name is none of ours, says nothing', () => {
  const theirs = run('theirs', 'registry.test/theirs:c-01', { layers: '{nothing' });
  expect(compareObjects([...before, theirs], [...before, theirs]).images.map(({ layers }) => layers)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
