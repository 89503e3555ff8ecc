import { stripVTControlCharacters } from 'node:util';
import type { DescribedObject } from '../../lib/diff/described-object';
import { compareObjects } from '../../lib/diff/environment-difference';
import type { PackageSizes } from '../../lib/diff/layer-bytes';
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
function environment(version: string, layers: Readonly<Record<string, string>>, own = 'aa'): DescribedObject[] {
  const text = JSON.stringify({ layers: Object.entries(layers).map(([name, address]) => ({ name, packages: [name], address })) });
  const runImage = `registry.test/platform/run:c-${version}`;
  return [
    run('run', runImage, { layers: text, suite: 'bookworm' }),
    run('web', `registry.test/toolforge-web:c-${own}-r${version}`, {
      'run-image': runImage,
      layers: `registry.test/toolforge-web:c-${own}`,
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

describe('how many bytes a node fetches', () => {
  const after = environment('02', { glibc: 'a', openssl: 'd', perl: 'c' });
  const known: Readonly<Record<string, number>> = { glibc: 300_000_000, openssl: 5_000_000, perl: 20_000_000 };
  const sizes =
    (lacking: readonly string[] = []): PackageSizes =>
    (suite, name) =>
      suite === 'bookworm' && !lacking.includes(name) ? known[name] : undefined;
  const shown = (...sides: Parameters<typeof compareObjects>): string =>
    stripVTControlCharacters(renderDifference(compareObjects(...sides)));

  test('is what its packages take in layers, and the state', () => {
    const [image] = compareObjects(before, after, { sizes: sizes() }).images;
    expect(image?.layers).toEqual({
      all: 4,
      other: ['openssl', 'state'],
      bytes: { all: { about: 325_700_000, unsized: [] }, other: { about: 5_700_000, unsized: [] } },
    });
    expect(shown(before, after, { sizes: sizes() })).toContain(
      '\n  about 5.7 of 326 MB, 2 of 4 layers below: openssl, state\n    run, toolforge-web\n',
    );
  });

  test('is at least so much where no lock says the size of a package', () => {
    const [image] = compareObjects(before, after, { sizes: sizes(['perl']) }).images;
    expect(image?.layers?.bytes?.all).toEqual({ about: 305_700_000, unsized: ['perl'] });
    expect(shown(before, after, { sizes: sizes(['perl']) })).toContain('\n  about 5.7 of at least 306 MB, 2 of 4 layers below: ');
    expect(shown(before, after, { sizes: sizes(['openssl']) })).toContain(
      '\n  at least 0.7 of at least 321 MB, 2 of 4 layers below: ',
    );
  });

  test('is not said where nothing is known of any package', () => {
    const [image] = compareObjects(before, after, { sizes: () => undefined }).images;
    expect(image?.layers).toEqual({ all: 4, other: ['openssl', 'state'] });
  });

  test('of a new image is all, unless another image has brought it', () => {
    const { images } = compareObjects([], before, { sizes: sizes() });
    expect(images[1]).toMatchObject({
      effect: 'new',
      buildpackLayers: 'other',
      layers: { other: ['glibc', 'openssl', 'perl', 'state'] },
    });
    expect(shown([], before, { sizes: sizes() })).toContain(
      '\n  about 326 MB, all 4 layers below, less what a node has of other images\n    run, toolforge-web\n\n' +
        'On top come layers of buildpacks, as large as they are once built:\n    toolforge-web\n',
    );
  });

  test('has layers of buildpacks on top where an image is rebuilt, also where nothing else differs', () => {
    const rebuilt = environment('02', { glibc: 'a', openssl: 'd', perl: 'c' }, 'bb');
    const last = '\n\nOn top come layers of buildpacks, as large as they are once built:\n    toolforge-web\n';
    expect(shown(before, rebuilt, { sizes: sizes() })).toContain(`openssl, state\n    run, toolforge-web${last}`);
    const onlyOwn = shown(after, rebuilt);
    expect(onlyOwn).toContain(last);
    expect(onlyOwn).not.toContain('What a node fetches');
    expect(shown(before, after)).not.toContain('layers of buildpacks');
    expect(compareObjects(before, rebuilt).images.map((each) => each.buildpackLayers)).toEqual([undefined, 'other']);
  });
});
