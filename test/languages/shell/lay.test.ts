import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Buildpack, descriptorOf, partsOfWeb } from './buildpack';
import { pythonTree, uwsgiTree } from './runtimes';

const web = descriptorOf(partsOfWeb);
const python = (tree = pythonTree, facts = {}): Buildpack => new Buildpack('python').describe(web).withRuntime(tree, facts);
const uwsgi = (tree = uwsgiTree, facts = {}): Buildpack =>
  new Buildpack('uwsgi').describe(web).withRuntime(tree, { version: '2.0.31', needs: { python: '3.11' }, ...facts });
const all: readonly [string, () => Buildpack][] = [
  ['python', python],
  ['uwsgi', uwsgi],
  ['webservice-runner', () => new Buildpack('webservice-runner').describe(web)],
  ['webservice-python-bootstrap', () => new Buildpack('webservice-python-bootstrap').describe(web)],
];

const listed = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const mode = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

function expectRefusal(buildpack: Buildpack, message: string, environment = {}): void {
  const { code, stderr } = buildpack.build(environment);
  expect(stderr).toContain(message);
  expect(code).toBe(1);
  expect(existsSync(join(buildpack.layers, `${buildpack.name}.toml`))).toBe(false);
}

describe.each(all)('%s', (name, make) => {
  test('lays one launch layer, a restorable one', () => {
    const buildpack = make();
    expect(buildpack.build()).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(buildpack.layers).sort()).toEqual([name, `${name}.sbom.cdx.json`, `${name}.toml`]);
    expect(buildpack.layerFile(`${name}.toml`)).toMatch(
      /^\[types\]\nlaunch = true\nbuild = false\ncache = false\n\n\[metadata\]\nversion = "[0-9.]+"\nfingerprint = "[0-9a-f]{64}"\n$/,
    );
  });

  test('needs no launcher: no environment files, no exec.d, no profile scripts, no processes', () => {
    const buildpack = make();
    buildpack.build();
    expect(readdirSync(join(buildpack.layers, name)).filter((file) => /^(env|env\..*|exec\.d|profile\.d)$/.test(file))).toEqual(
      [],
    );
    expect(existsSync(join(buildpack.layers, 'launch.toml'))).toBe(false);
  });

  test.each(['077', '027', '000'])('is for any UID whatever the umask %s of the build step', (umask) => {
    const buildpack = make();
    expect(buildpack.build({}, umask).code).toBe(0);
    const folder = join(buildpack.layers, name);
    for (const file of ['.', ...listed(folder)])
      expect([file, mode(join(folder, file))]).toEqual([file, expect.stringMatching(/^(755|644)$/)]);
  });

  test('loses the setgid bit that a volume with an fsGroup hands down', () => {
    const buildpack = make();
    spawnSync('chmod', ['2777', buildpack.layers]);
    expect(buildpack.build()).toMatchObject({ code: 0, stderr: '' });
    expect(mode(join(buildpack.layers, name))).toBe('755');
  });

  test('writes a CycloneDX bill of materials, the same one each time', () => {
    const [first, second] = [make(), make()];
    first.build();
    second.build();
    const sbom = first.layerFile(`${name}.sbom.cdx.json`);
    expect(JSON.parse(sbom)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [{ name }] });
    if (!name.startsWith('webservice')) return;
    expect(second.layerFile(`${name}.sbom.cdx.json`)).toBe(sbom);
  });
});

describe('a runtime', () => {
  test('is in the bill of materials with its source, its checksum and what it brings along', () => {
    const buildpack = python(pythonTree, { components: [{ name: 'pip', version: '25.3', purl: 'pkg:pypi/pip@25.3' }] });
    buildpack.build();
    const { components } = JSON.parse(buildpack.layerFile('python.sbom.cdx.json')) as { components: unknown };
    expect(components).toEqual([
      {
        type: 'application',
        'bom-ref': 'python@3.11.14',
        name: 'python',
        version: '3.11.14',
        hashes: [
          {
            alg: 'SHA-256',
            content: createHash('sha256')
              .update(readFileSync(join(buildpack.folder, 'runtime/python.tar')))
              .digest('hex'),
          },
        ],
        purl: `pkg:generic/python@3.11.14?download_url=https%3A%2F%2Fexample.org%2Fsource.tar.xz&checksum=sha256:${'a'.repeat(64)}`,
        cpe: 'cpe:2.3:a:python:python:3.11.14:*:*:*:*:*:*:*',
      },
      { type: 'application', 'bom-ref': 'pip@25.3', name: 'pip', version: '25.3', purl: 'pkg:pypi/pip@25.3' },
    ]);
  });

  test('that the last build left is reused: its folder stays absent, its facts are written again', () => {
    const buildpack = python();
    buildpack.build();
    const [toml, sbom] = [buildpack.layerFile('python.toml'), buildpack.layerFile('python.sbom.cdx.json')];
    // What a restorer would leave, which builds here do not have: the metadata in the lifecycle's own spelling, without types.
    writeFileSync(
      join(buildpack.layers, 'python.toml'),
      toml.replace(/^[^]*\[metadata\]\n/, '[metadata]\n').replace(/^(version|finger)/gm, '  $1'),
    );
    expect(buildpack.build()).toMatchObject({ code: 0, stdout: 'reusing the layer of python 3.11.14\n', stderr: '' });
    expect(existsSync(join(buildpack.layers, 'python'))).toBe(false);
    expect(buildpack.layerFile('python.toml')).toBe(toml);
    expect(buildpack.layerFile('python.sbom.cdx.json')).toBe(sbom);
  });

  test.each([
    ['another runtime', 'runtime/runtime.json'],
    ['another version of the buildpack', 'bin/build'],
  ])('is laid again by %s', (_, file) => {
    const buildpack = python();
    buildpack.build();
    const changed = join(buildpack.folder, file);
    writeFileSync(changed, `${readFileSync(changed, 'utf8')}\n`);
    expect(buildpack.build().stdout).toMatch(/^laid python 3\.11\.14 into /);
    expect(listed(join(buildpack.layers, 'python'))).toContain('bin/python3.11');
  });

  test('leaves nothing of what was in its folder before', () => {
    const buildpack = python();
    mkdirSync(join(buildpack.layers, 'python/env'), { recursive: true });
    expect(buildpack.build().code).toBe(0);
    expect(existsSync(join(buildpack.layers, 'python/env'))).toBe(false);
  });

  test('is refused when its tar is another one', () => {
    expectRefusal(python(pythonTree, { sha256: 'b'.repeat(64) }), `expected sha256 ${'b'.repeat(64)}, got `);
  });

  test('is refused when it was made for another layer', () => {
    expectRefusal(python(pythonTree, { prefix: '/usr/local' }), 'was made for /usr/local, this layer is ');
  });

  test.each([
    ['CNB_TARGET_OS', 'windows', 'os linux'],
    ['CNB_TARGET_ARCH', 'arm64', 'arch amd64'],
    ['CNB_TARGET_DISTRO_NAME', 'ubuntu', 'distro.name debian'],
    ['CNB_TARGET_DISTRO_VERSION', '13', 'distro.version 12'],
  ])('is refused when %s is %s', (name, value, made) => {
    expectRefusal(python(), `was made for ${made}, this image is for ${value} (${name})`, { [name]: value });
  });

  test('is laid when the target is its own', () => {
    expect(python().build({ CNB_TARGET_OS: 'linux', CNB_TARGET_ARCH: 'amd64', CNB_TARGET_DISTRO_VERSION: '12' }).code).toBe(0);
  });

  test.each([
    ['an unknown key', { extra: 1 }],
    ['a checksum that is none', { sha256: 'abc' }],
    ['no source', { source: null }],
    ['half a target', { target: { os: 'linux' } }],
  ])('is refused when runtime.json has %s', (_, facts) => {
    expectRefusal(python(pythonTree, facts), 'runtime.json: expected {name, version, prefix, sha256');
  });

  test('is missed when the builder has none', () => {
    expectRefusal(new Buildpack('uwsgi').describe(web), 'needs.python of runtime.json');
  });

  test.each([
    ['a file for its owner only', 'chmod 600 lib/python3.11/os.py', '-rw------- '],
    ['a folder for its owner only', 'chmod 700 include', 'drwx------ '],
    ['a program for its owner only', 'chmod 744 bin/pip3', '-rwxr--r-- '],
    ['a pipe', 'mkfifo pipe', 'prw-r--r-- '],
    ['a link to nowhere', 'ln -s nowhere bin/python', 'leads nowhere: nowhere'],
    ['a link out of the layer', 'ln -s /usr/bin/env bin/python', 'leads out of its layer: /usr/bin/env'],
  ])('is refused with %s', (_, change, message) => {
    expectRefusal(python(`${pythonTree}; ${change}`), message);
  });

  test('may be writable or setuid in its tar: laying it takes that away', () => {
    const buildpack = python(`${pythonTree}; chmod -R g+w,o+w .; chmod u+s bin/python3.11`);
    expect(buildpack.build().code).toBe(0);
    expect(mode(join(buildpack.layers, 'python/bin/python3.11'))).toBe('755');
  });
});

describe('python', () => {
  test('is refused when the image wants another minor version', () => {
    expectRefusal(
      new Buildpack('python').describe(descriptorOf({ python: { version: '3.1' } })).withRuntime(pythonTree),
      'the image wants Python 3.1, this builder holds 3.11.14',
    );
  });

  test.each(['bin/python3', 'bin/pip3', 'bin/virtualenv', 'lib/python3.11/venv', 'include'])('is refused without %s', (file) => {
    expectRefusal(python(`${pythonTree}; rm -r ${file}`), 'the runtime has no ');
  });

  test('is refused with a script for an interpreter at the place where it was built', () => {
    expectRefusal(python(`${pythonTree}; echo '#!/tmp/build/python3' >bin/pip3`), 'starts with #!/tmp/build/python3');
  });

  test('is refused with bytecode that is checked by time: the exporter changes every time', () => {
    expectRefusal(
      python(`${pythonTree}; printf '\\247\\r\\r\\n\\0\\0\\0\\0abcd' >lib/python3.11/__pycache__/abc.cpython-311.pyc`),
      '1 files of bytecode',
    );
  });

  test('is refused without bytecode', () => {
    expectRefusal(python(`${pythonTree}; rm -r lib/python3.11/__pycache__`), 'no bytecode of its standard library');
  });

  test.each([
    ['does not start', 'exit 3', 'python3 does not start'],
    ['is of another version', 'echo Python 3.11.2', 'expected Python 3.11.14, got Python 3.11.2'],
  ])('is refused when it %s', (_, body, message) => {
    expectRefusal(python(`${pythonTree}; printf '#!/bin/sh\\n${body}\\n' >bin/python3.11`), message);
  });
});

describe('uwsgi', () => {
  test.each([
    ['without its python3 plugin', 'rm lib/uwsgi/plugins/python3_plugin.so', 'no lib/uwsgi/plugins/python3_plugin.so'],
    ['that looks for plugins elsewhere', 'printf "#!/bin/sh\\necho 2.0.31\\n" >bin/uwsgi', 'not compiled with plugin_dir = '],
    ['of another version', 'sed -i s/2.0.31/2.0.1/ bin/uwsgi', 'expected version 2.0.31, got 2.0.1'],
    ['that does not start', 'sed -i "s/^.*echo.*/exit 9/" bin/uwsgi', 'uwsgi does not start'],
    ['without routing', 'sed -i s/--route// bin/uwsgi', 'no option --route'],
  ])('is refused %s', (_, change, message) => {
    expectRefusal(uwsgi(`${uwsgiTree}; ${change}`), message);
  });

  test('is refused when it was made for another Python', () => {
    expectRefusal(
      uwsgi(uwsgiTree, { needs: { python: '3.13' } }),
      "the image wants Python 3.11, this builder's uWSGI was made for '3.13'",
    );
  });
});

test('webservice-runner is the runner of the type that the descriptor names', () => {
  const content = (type: string): string => {
    const buildpack = new Buildpack('webservice-runner').describe(descriptorOf({ ...partsOfWeb, 'webservice-runner': { type } }));
    expect(buildpack.build().code).toBe(0);
    return buildpack.layerFile('webservice-runner/bin/webservice-runner');
  };
  expect(content('python')).toContain('exec /usr/bin/uwsgi');
  expect(content('generic')).toContain('exec "${command[@]}"');
});

describe('platform-image', () => {
  const platformImage = (): Buildpack => new Buildpack('platform-image').describe(web);

  test('lays nothing; labels say what the image is', () => {
    const buildpack = platformImage();
    expect(buildpack.build()).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(buildpack.layers)).toEqual(['launch.toml']);
    expect(buildpack.layerFile('launch.toml')).toBe(`[[labels]]
key = "org.toolforge.platform-image.name"
value = 'python311-sssd-web'

[[labels]]
key = "org.toolforge.platform-image.parts"
value = '{"python":{"version":"3.11"},"uwsgi":{},"webservice-python-bootstrap":{},"webservice-runner":{"type":"python"}}'

`);
  });

  test('refuses an application that another UID could not read', () => {
    const buildpack = platformImage();
    writeFileSync(join(buildpack.app, 'secret'), '', { mode: 0o600 });
    const { code, stderr } = buildpack.build();
    expect([code, stderr]).toEqual([1, expect.stringContaining('not fit for any UID')]);
  });
});
