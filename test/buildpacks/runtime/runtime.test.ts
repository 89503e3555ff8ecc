import { component } from '../../../lib/buildpacks/debian/debian-files';
import {
  type PythonRuntime,
  runtimeAddress,
  runtimeFiles,
  runtimeMetadata,
  type UwsgiRuntime,
} from '../../../lib/buildpacks/runtime/runtime';

const source = {
  archive: 'security',
  pool: 'pool/updates/main/p/python3.11',
  files: { 'python3.11_3.11.2-6+deb12u9.dsc': 'aa', 'python3.11_3.11.2.orig.tar.gz': 'bb' },
} as const;
const packages = [
  { archive: 'debian', pool: 'pool/main/p/python-pip', files: { 'python3-pip-whl_23.0.1+dfsg-1_all.deb': 'cc' } },
] as const;
const python: PythonRuntime = { kind: 'python', version: '3.11.2', debian: '12', source, packages };
const uwsgi: UwsgiRuntime = {
  kind: 'uwsgi',
  version: '2.0.21',
  debian: '12',
  source: { archive: 'debian', pool: 'pool/main/u/uwsgi', files: { 'uwsgi_2.0.21.orig.tar.gz': 'dd' } },
  python,
};

describe('the address', () => {
  test('is that of the content, wherever the archive keeps it', () => {
    expect(runtimeAddress(python)).toMatch(/^[0-9a-f]{16}$/);
    const moved = { ...source, archive: 'debian', pool: 'pool/main/p/python3.11' } as const;
    expect(runtimeAddress({ ...python, source: moved })).toBe(runtimeAddress(python));
  });

  test.each<[string, PythonRuntime]>([
    ['source', { ...python, source: { ...source, files: { ...source.files, 'python3.11_3.11.2.orig.tar.gz': 'ee' } } }],
    ['packages', { ...python, packages: [] }],
    ['version', { ...python, version: '3.11.3' }],
    ['release', { ...python, debian: '13' }],
  ])('changes with its %s', (_, changed) => {
    expect(runtimeAddress(changed)).not.toBe(runtimeAddress(python));
  });

  test('changes with the runtime that it is built against', () => {
    expect(runtimeAddress({ ...uwsgi, python: { ...python, packages: [] } })).not.toBe(runtimeAddress(uwsgi));
  });
});

test('files lie in the folder of their package, the source before the packages', () => {
  expect(runtimeFiles(python).map(({ archive, path }) => `${archive} ${path}`)).toEqual([
    'security pool/updates/main/p/python3.11/python3.11_3.11.2-6+deb12u9.dsc',
    'security pool/updates/main/p/python3.11/python3.11_3.11.2.orig.tar.gz',
    'debian pool/main/p/python-pip/python3-pip-whl_23.0.1+dfsg-1_all.deb',
  ]);
});

describe('runtime.json', () => {
  test('names the source by its place on any mirror, and all that is inside', () => {
    expect(runtimeMetadata(python)).toEqual({
      name: 'python',
      version: '3.11.2',
      prefix: '/layers/toolforge_python/python',
      source: {
        url: 'debian-security/pool/updates/main/p/python3.11/python3.11_3.11.2-6+deb12u9.dsc',
        sha256: 'aa',
      },
      target: { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '12' } },
      components: [
        {
          name: 'python3.11',
          version: '3.11.2-6+deb12u9',
          purl: 'pkg:deb/debian/python3.11@3.11.2-6%2Bdeb12u9?arch=source&distro=debian-12',
        },
        {
          name: 'python3-pip-whl',
          version: '23.0.1+dfsg-1',
          purl: 'pkg:deb/debian/python3-pip-whl@23.0.1%2Bdfsg-1?arch=all&distro=debian-12',
        },
      ],
    });
  });

  test('says which Python uWSGI needs', () => {
    expect(runtimeMetadata(uwsgi)).toMatchObject({ prefix: '/layers/toolforge_uwsgi/uwsgi', needs: { python: '3.11' } });
  });

  test('needs a source', () => {
    expect(() => runtimeMetadata({ ...python, source: { ...source, files: {} } })).toThrow(
      'runtime python 3.11.2: its source has no files',
    );
  });
});

test("an upstream archive is a component under the source package's name", () => {
  const [file] = runtimeFiles(uwsgi);
  expect(file && component(file, 'debian-12')).toEqual({
    name: 'uwsgi',
    version: '2.0.21',
    purl: 'pkg:deb/debian/uwsgi@2.0.21?arch=source&distro=debian-12',
  });
});
