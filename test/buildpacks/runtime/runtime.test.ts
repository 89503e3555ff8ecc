import { python311Source } from '../../../languages/python/sources';
import { ARCHIVE, DEBIAN_PACKAGES } from '../../../lib/buildpacks/runtime/recipe';
import { Runtime, type RuntimeOrigin } from '../../../lib/buildpacks/runtime/runtime';
import { runParameters, stepsOf } from '../../tekton/manifests';
import { type Changes, house, pythonProps } from '../house';

const DSC = 'python3.11_3.11.2-6+deb12u8.dsc';
const sum = python311Source.source.files[DSC] ?? '';
const paramsOf = (run: string, changes: Changes = {}) => runParameters(house(changes).manifests(), run);
const metadataOf = (run: string, changes: Changes = {}): unknown => JSON.parse(paramsOf(run, changes)['metadata'] ?? '');

test('a runtime is fetched from the mirror of the environment and goes to its address', () => {
  const changes = { python: { from: python311Source } };
  const { python, distro } = house(changes);
  expect(python.image.reference).toBe(`registry.test/platform/runtimes/python:c-${python.image.address}`);
  expect(paramsOf('python-3-11-2-runtime', changes)).toMatchObject({
    image: python.image.reference,
    'build-image': distro.buildImage.reference,
    prefix: '/layers/toolforge_python/python',
    files: expect.stringMatching(
      new RegExp(`^${sum} http://mirror/debian/pool/main/p/python3.11/${DSC.replace('+', '\\+')}\n`),
    ) as string,
  });
});

describe('a package of npm', () => {
  const yarn = { npm: '@of/yarn', version: '1.22.19', sha256: 'e'.repeat(64) };
  const withYarn = (npm?: string) => {
    const { app, chart, distro, manifests } = house();
    Object.assign(distro.pipelines.props.mirror, npm === undefined ? {} : { npm });
    new Runtime(chart, 'yarn', { version: '1.22.19', builtOn: distro, from: { kind: 'archive', archive: yarn } });
    return { app, manifests };
  };

  test('is fetched from the registry of the environment, and is a component', () => {
    const params = runParameters(withYarn('http://cache.test:3142/npm').manifests(), 'yarn-1-22-19-runtime');
    expect(params['files']).toBe(`${yarn.sha256} http://cache.test:3142/npm/@of/yarn/-/yarn-1.22.19.tgz`);
    expect(JSON.parse(params['metadata'] ?? '')).toMatchObject({
      source: { url: 'npm/@of/yarn/-/yarn-1.22.19.tgz' },
      components: [{ name: '@of/yarn', version: '1.22.19', purl: 'pkg:npm/%40of/yarn@1.22.19' }],
    });
  });

  test('is nothing for an environment that names no registry of npm', () => {
    expect(() => withYarn().manifests()).toThrow(
      '@of/yarn 1.22.19 is a package of npm, and the settings name no registry that builds may read; add one, mirror.npm, or leave out the families that want it',
    );
  });
});

test('one that is built against another is built after it', () => {
  const { python, uwsgi } = house();
  expect(paramsOf('uwsgi-2-0-21-runtime')).toMatchObject({ against: python.image.reference, 'against-prefix': python.prefix });
  expect(uwsgi.image.node.dependencies).toContain(python.image);
});

test('every step runs as nobody, only the build step in the build image, and what compiles sees no credential', () => {
  const steps = stepsOf(house().manifests(), 'python-runtime-image');
  expect(steps.map(({ name, image, user, mounts }) => [name, image, user, mounts])).toEqual([
    ['pull', 'registry.test/toolbox:1', 65534, ['image', 'credentials', 'handed']],
    ['fetch', 'registry.test/toolbox:1', 65534, ['work', 'layers', 'image']],
    ['build', '$(params.build-image)', 65534, ['work', 'layers']],
    ['pack', 'registry.test/toolbox:1', 65534, ['layers', 'image']],
    ['guard', 'registry.test/toolbox:1', 65534, ['image']],
    ['push', 'registry.test/toolbox:1', 65534, ['image', 'handed']],
  ]);
});

describe('the address', () => {
  const addressWith = (changes: Changes): string => house(changes).python.image.address;
  const { source } = pythonProps.from;

  test('is that of the content, wherever the archive keeps it', () => {
    const moved = { ...pythonProps.from, source: { ...source, archive: 'security', pool: 'pool/updates' } } as const;
    expect(addressWith({ python: { from: moved } })).toBe(addressWith({}));
  });

  test.each<[string, Changes]>([
    ['source', { python: { from: { ...pythonProps.from, source: { ...source, files: { 'x.dsc': 'e'.repeat(64) } } } } }],
    ['packages', { python: { from: { ...pythonProps.from, packages: [{ ...source, files: { 'x.deb': 'e'.repeat(64) } }] } } }],
    ['version', { python: { version: '3.11.3' } }],
    ['release', { base: { suite: 'trixie' } }],
  ])('changes with its %s', (_, changes) => {
    expect(addressWith(changes)).not.toBe(addressWith({}));
  });

  test('changes with what its metadata says, which is inside', () => {
    const yarn = (purl: string): string => {
      const { chart, distro } = house();
      const archive = { url: 'https://downloads.test/yarn.tgz', sha256: 'e'.repeat(64), purl };
      return new Runtime(chart, 'yarn', { version: '1', builtOn: distro, from: { kind: 'archive', archive } }).image.address;
    };
    expect(yarn('pkg:npm/yarn@1')).not.toBe(yarn('pkg:generic/yarn@1'));
  });

  test('changes with the runtime that it is built against', () => {
    expect(house({ python: { version: '3.11.3' } }).uwsgi.image.address).not.toBe(house().uwsgi.image.address);
  });
});

describe('runtime.json', () => {
  test('names the source by its place on any mirror, and all that is inside', () => {
    expect(metadataOf('python-3-11-2-runtime', { python: { from: python311Source } })).toMatchObject({
      name: 'python',
      version: '3.11.2',
      prefix: '/layers/toolforge_python/python',
      source: { url: `debian/pool/main/p/python3.11/${DSC}`, sha256: sum },
      target: { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '12' } },
      components: expect.arrayContaining([
        {
          name: 'python3.11',
          version: '3.11.2-6+deb12u8',
          purl: 'pkg:deb/debian/python3.11@3.11.2-6%2Bdeb12u8?arch=source&distro=debian-12',
        },
        {
          name: 'python3-pip-whl',
          version: '23.0.1+dfsg-1',
          purl: 'pkg:deb/debian/python3-pip-whl@23.0.1%2Bdfsg-1?arch=all&distro=debian-12',
        },
      ]) as unknown,
    });
  });

  test('says which Python uWSGI needs', () => {
    expect(metadataOf('uwsgi-2-0-21-runtime')).toMatchObject({
      prefix: '/layers/toolforge_uwsgi/uwsgi',
      needs: { python: '3.11' },
    });
  });
});

describe('other origins', () => {
  const sha256 = 'e'.repeat(64);
  const declare = (from: RuntimeOrigin) => {
    const all = house();
    new Runtime(all.chart, 'yarn', { version: '1.22.19', builtOn: all.distro, from });
    return all;
  };

  test('an archive by its address has a pipeline and a component of its own', () => {
    const purl = 'pkg:npm/yarn@1.22.19';
    const objects = declare({ kind: 'archive', archive: { url: 'https://downloads.test/yarn.tgz', sha256, purl } }).manifests();
    expect(runParameters(objects, 'yarn-1-22-19-runtime')['files']).toBe(`${sha256} https://downloads.test/yarn.tgz`);
    expect(JSON.parse(runParameters(objects, 'yarn-1-22-19-runtime')['metadata'] ?? '')).toMatchObject({
      components: [{ name: 'yarn', version: '1.22.19', purl }],
    });
    expect(stepsOf(objects, 'archive-runtime-image').map(({ name }) => name)).toContain('build');
  });

  test('Debian packages are fetched one by one', () => {
    const files = { 'yarnpkg_1.22_all.deb': sha256, 'node-a_1_all.deb': sha256 };
    const objects = declare({ kind: 'debian-packages', packages: [{ archive: 'debian', pool: 'pool/y', files }] }).manifests();
    expect(runParameters(objects, 'yarn-1-22-19-runtime')['files']?.split('\n')).toHaveLength(2);
  });

  test('without a file is refused, naming path and kind', () => {
    expect(() => declare({ kind: 'debian-packages', packages: [] })).toThrow(
      "chart/yarn: a runtime of kind 'debian-packages' needs at least one file",
    );
  });

  test('what cannot be fetched or checked is said at synth', () => {
    const archive = { url: 'http://downloads.test/', sha256: 'ab', purl: 'yarn' };
    expect(() => declare({ kind: 'archive', archive }).app.synthesize()).toThrow(
      /'ab' is no SHA-256[^]*'http:\/\/downloads.test\/' is no file by https[^]*'yarn' is no package URL/,
    );
  });
});

test('what is built as nobody gives up at the first failure', () => {
  for (const { script } of [ARCHIVE, DEBIAN_PACKAGES]) expect(script).toMatch(/^#!\/bin\/bash\n(#.*\n)+set -euo pipefail\n/);
});

test('a recipe that does not know the release is refused, and so are two of one name', () => {
  const own = { name: 'own', script: 'true', needs: { trixie: { build: [], run: [] } } };
  const from = { ...pythonProps.from, recipe: own };
  expect(() => house({ python: { from } }).manifests()).toThrow('the recipe own does not say what it needs on bookworm');
  const recipe = { ...own, name: 'python' };
  expect(() => house({ uwsgi: { from: { ...from, recipe } } })).toThrow(
    "chart/builds: there are two recipes of the name 'python'",
  );
});
