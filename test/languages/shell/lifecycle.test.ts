/** The whole group under the real lifecycle of the embedded platform: what it makes of detection, plan and layers. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { buildConfigFiles, systemToml } from '../../../lib/buildpacks/specification/platform-files';
import { Buildpack, descriptorOf, partsOfWeb } from './buildpack';
import { lifecycleFolder } from './lifecycle-folder';
import { describeInside, inside, type Inside, type Outcome } from '../../buildpacks/shell/namespace';
import { pythonTree, uwsgiTree } from './runtimes';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';

const bringers = ['python', 'uwsgi', 'webservice-runner', 'webservice-python-bootstrap'];

const folder = lifecycleFolder();

function builder(): Record<string, string> {
  const layersOf = (name: string): string => `/layers/toolforge_${name}/${name}`;
  const buildpacks = [...bringers, 'platform-image', 'plain-image', 'procfile'].map((name) => new Buildpack(name));
  for (const buildpack of buildpacks) {
    const facts = { prefix: layersOf(buildpack.name) };
    const tree = (text: string): string => `prefix=${facts.prefix}; ${text}`;
    if (buildpack.name === 'python') buildpack.withRuntime(tree(pythonTree), facts);
    if (buildpack.name === 'uwsgi') {
      buildpack.withRuntime(tree(uwsgiTree), { ...facts, version: '2.0.31', needs: { python: '3.11' } });
    }
  }
  return Object.fromEntries(buildpacks.map(({ name, folder }) => [`/cnb/buildpacks/toolforge_${name}/0.1.0`, folder]));
}

const entry = (name: string, optional = false): string =>
  `[[order.group]]\nid = "toolforge/${name}"\nversion = "0.1.0"\n${optional ? 'optional = true\n' : ''}`;
// The first group is of images of which nothing is laid, the last is for a tool's repository that needs no part.
const order = [
  ['[[order]]\n', entry('plain-image')],
  ['[[order]]\n', ...bringers.map((name) => entry(name, true)), entry('platform-image'), entry('procfile', true)],
  ['[[order]]\n', entry('procfile')],
]
  .flat()
  .join('');
const analyzed = `[run-image]\nreference = "run"\n[run-image.target]\nos = "linux"\narch = "amd64"\n[run-image.target.distro]
name = "debian"\nversion = "12"\n`;

const tests = (): void => {
  const buildpacks = builder();
  const layers = temporaryFolder();

  function phase(
    name: 'detector' | 'builder',
    parts: unknown,
    { files = {}, source = {} }: { files?: Inside['files'] & object; source?: Readonly<Record<string, string>> } = {},
  ): Outcome {
    const application = temporaryFolder();
    if (parts !== undefined) writeFileSync(join(application, 'platform-image.json'), descriptorOf(parts));
    for (const [file, text] of Object.entries(source)) writeFileSync(join(application, file), text);
    return inside({
      command: [`/cnb/lifecycle/${name}`, '-log-level', 'debug'],
      files: {
        [`/cnb/lifecycle/${name}`]: { linkTo: '/cnb/programs/lifecycle' },
        '/cnb/order.toml': order,
        '/platform/env/.keep': '',
        ...files,
      },
      folders: { ...buildpacks, '/cnb/programs': folder ?? '', '/layers': layers, '/workspace': application },
      environment: { CNB_PLATFORM_API: '0.15', CNB_APP_DIR: '/workspace', CNB_LAYERS_DIR: '/layers', HOME: '/tmp' },
      uid: 61312,
    });
  }
  const group = (): string[] =>
    [...readFileSync(join(layers, 'group.toml'), 'utf8').matchAll(/id = "(?:toolforge\/)?(.*)"/g)].map(([, name]) => name ?? '');

  beforeEach(() => {
    mkdirSync(join(layers, 'config'), { recursive: true });
    for (const folder of [layers, join(layers, 'config')]) chmodSync(folder, 0o777);
    for (const file of ['group.toml', 'plan.toml']) writeFileSync(join(layers, file), '', { mode: 0o666 });
    for (const file of ['group.toml', 'plan.toml']) chmodSync(join(layers, file), 0o666);
    writeFileSync(join(layers, 'analyzed.toml'), analyzed);
  });

  test.each([
    ['of a web image', partsOfWeb, bringers],
    ['of a base image', { python: { version: '3.11' } }, ['python']],
    ['without a language', { 'webservice-runner': { type: 'generic' } }, ['webservice-runner']],
  ])('the group %s is what its descriptor wants', (_, parts, names) => {
    expect(phase('detector', parts)).toMatchObject({ code: 0 });
    expect(group()).toEqual([...names, 'platform-image']);
  });

  test('an image that wants nothing is its run image, with labels', () => {
    expect(phase('detector', {})).toMatchObject({ code: 0 });
    expect(group()).toEqual(['plain-image']);
    const { code, stdout, stderr } = phase('builder', {});
    expect({ code, log: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, log: '' });
    const labels = [
      { key: 'org.toolforge.platform-image.name', value: 'python311-sssd-web' },
      { key: 'org.toolforge.platform-image.parts', value: '{}' },
    ];
    expect(parse(readFileSync(join(layers, 'config/metadata.toml'), 'utf8'))).toMatchObject({ labels });
    expect(readdirSync(join(layers, 'toolforge_plain-image'))).toEqual(['launch.toml']);
  });

  test('a wrong descriptor fails detection, and the log says why', () => {
    const { code, stdout, stderr } = phase('detector', { pythn: {} });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('requires pythn');
  });

  test('a part whose optional buildpack fails is missed, not left out', () => {
    const other = new Buildpack('uwsgi');
    writeFileSync(join(other.folder, 'bin/detect'), '#!/bin/sh\nexit 3\n');
    const kept = buildpacks['/cnb/buildpacks/toolforge_uwsgi/0.1.0'] ?? '';
    buildpacks['/cnb/buildpacks/toolforge_uwsgi/0.1.0'] = other.folder;
    const missed = phase('detector', partsOfWeb);
    buildpacks['/cnb/buildpacks/toolforge_uwsgi/0.1.0'] = kept;
    expect(missed.code).not.toBe(0);
    expect(missed.stdout + missed.stderr).toMatch(/toolforge\/platform-image@0\.1\.0 requires uwsgi/);
  });

  test('builds the layers of a web image, with labels and without processes', () => {
    expect(phase('detector', partsOfWeb)).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = phase('builder', partsOfWeb);
    expect({ code, log: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, log: '' });
    expect(readdirSync(layers)).toEqual(
      expect.arrayContaining([...bringers, 'platform-image'].map((name) => `toolforge_${name}`)),
    );
    const metadata = readFileSync(join(layers, 'config/metadata.toml'), 'utf8');
    expect(metadata).toContain('org.toolforge.platform-image.name');
    expect(metadata).not.toContain('[[processes]]');
    const reports = readdirSync(join(layers, 'sbom'), { recursive: true, encoding: 'utf8' });
    expect(reports.filter((file) => file.endsWith('.cdx.json'))).toHaveLength(bringers.length);
  });

  test('system buildpacks stand around the group, and every buildpack gets the environment of the builder', () => {
    const [before, after] = [
      { id: 'first', version: '0.0.1' },
      { id: 'last', version: '0.0.1' },
    ];
    const files = {
      ...witness('first'),
      ...witness('last'),
      '/cnb/system.toml': systemToml({ pre: [before], post: [after] }) ?? '',
      '/platform/env/FLAGS': '-g',
      ...Object.fromEntries(
        buildConfigFiles([
          { name: 'FLAGS', value: '-O2', action: 'append', delimiter: ' ' },
          { name: 'EDITOR', value: 'vim', action: 'default' },
        ]).map(({ name, content }) => [`/cnb/build-config/env/${name}`, content]),
      ),
    };
    expect(phase('detector', { python: { version: '3.11' } }, { files })).toMatchObject({ code: 0 });
    expect(group()).toEqual(['first', 'python', 'platform-image', 'last']);
    expect(phase('builder', { python: { version: '3.11' } }, { files })).toMatchObject({ code: 0 });
    for (const id of ['first', 'last']) expect(readFileSync(join(layers, id, 'seen'), 'utf8')).toBe('-g -O2,vim,production\n');
  });

  test.each([
    ['with a part', { python: { version: '3.11' } }, ['python', 'platform-image', 'procfile']],
    ['without any', undefined, ['procfile']],
  ])("a tool's repository %s gets the processes of its Procfile, and web is the one that starts by itself", (_, parts, names) => {
    const source = { Procfile: 'web: python3 app.py "$PORT"\njob: ./job\n', 'app.py': '' };
    expect(phase('detector', parts, { source })).toMatchObject({ code: 0 });
    expect(group()).toEqual(names);
    const { code, stdout, stderr } = phase('builder', parts, { source });
    expect({ code, log: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, log: '' });
    const metadata = parse(readFileSync(join(layers, 'config/metadata.toml'), 'utf8'));
    const process = { direct: true, 'buildpack-id': 'toolforge/procfile' };
    expect(metadata).toMatchObject({
      'buildpack-default-process-type': 'web',
      processes: [
        { type: 'job', command: ['/bin/bash', '-c', './job'], ...process },
        { type: 'web', command: ['/bin/bash', '-c', 'python3 app.py "$PORT"'], ...process },
      ],
    });
  });

  test("a tool's repository with a wrong Procfile is not built, and the log says why", () => {
    const source = { Procfile: 'python3 app.py\n' };
    expect(phase('detector', undefined, { source })).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = phase('builder', undefined, { source });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("Procfile, line 1: expected 'name: command'");
  });
};

/** A buildpack that always detects, and keeps what it sees of FLAGS, EDITOR and the execution environment. */
function witness(id: string): Record<string, string> {
  const at = `/cnb/buildpacks/${id}/0.0.1`;
  return {
    [`${at}/buildpack.toml`]: `api = "0.12"\n[buildpack]\nid = "${id}"\nversion = "0.0.1"\n[[targets]]\nos = "linux"\n`,
    [`${at}/bin/detect`]: '#!/bin/sh\n',
    [`${at}/bin/build`]: '#!/bin/sh\necho "$FLAGS,$EDITOR,$CNB_EXEC_ENV" >"$CNB_LAYERS_DIR/seen"\n',
  };
}

if (folder === undefined) test.skip('the lifecycle [not built here, and no CSB_LIFECYCLE]', () => undefined);
else describeInside('the lifecycle', tests);
