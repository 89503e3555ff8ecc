import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { describeInside, inside } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

const BUILD = 61312;

interface Left {
  readonly layers: string;
  readonly app: string;
}

/** Runs the guard over what buildpacks have left: by themselves the layer `python` of one, with a link, and its metadata. */
function guard(leave: (left: Left) => void = () => undefined) {
  const folders = {
    '/layers': temporaryFolder(),
    '/workspace': temporaryFolder(),
    '/sealed/layers': temporaryFolder(),
    '/sealed/workspace': temporaryFolder(),
    '/tekton/results': temporaryFolder(),
  };
  const left = { layers: folders['/layers'], app: folders['/workspace'] };
  for (const folder of ['toolforge_python/python/bin', 'config', 'sbom/launch'])
    mkdirSync(join(left.layers, folder), { recursive: true });
  const files = ['group.toml', 'config/metadata.toml', 'sbom/launch/sbom.cdx.json', 'toolforge_python/python.toml'];
  for (const file of files) writeFileSync(join(left.layers, file), file);
  writeFileSync(join(left.layers, 'toolforge_python/python/bin/python3.11'), '#!', { mode: 0o755 });
  symlinkSync('python3.11', join(left.layers, 'toolforge_python/python/bin/python3'));
  writeFileSync(join(left.app, 'platform-image.json'), '{}');
  leave(left);
  execFileSync('chown', ['--recursive', '--no-dereference', `${BUILD}:${BUILD}`, ...Object.values(folders)]);
  const { code, stderr, stdout } = inside({
    command: ['/step'],
    files: { '/step': IMAGE_SCRIPTS.guard },
    folders,
    environment: { CNB_LAYERS_DIR: '/layers', CNB_APP_DIR: '/workspace' },
    uid: BUILD,
  });
  return { code, stderr, stdout, sealed: { layers: folders['/sealed/layers'], app: folders['/sealed/workspace'] } };
}

describeInside('the guard before the exporter', () => {
  test('copies layers and application as they are, with modes and links', () => {
    const { code, stderr, stdout, sealed } = guard();
    expect([code, stderr, stdout]).toEqual([0, '', 'sealed 6 files\n']);
    expect(readdirSync(sealed.layers).sort()).toEqual(['config', 'group.toml', 'sbom', 'toolforge_python']);
    const bin = join(sealed.layers, 'toolforge_python/python/bin');
    expect(readlinkSync(join(bin, 'python3'))).toBe('python3.11');
    expect(statSync(join(bin, 'python3.11')).mode & 0o7777).toBe(0o755);
    expect(readFileSync(join(sealed.app, 'platform-image.json'), 'utf8')).toBe('{}');
  });

  const linked =
    (path: string) =>
    ({ layers }: Left) => {
      execFileSync('rm', ['-rf', join(layers, path)]);
      symlinkSync('/handed/config.json', join(layers, path));
    };
  test.each<[string, (left: Left) => void, string]>([
    ['the group as a link', linked('group.toml'), '/sealed/layers/group.toml is a link to /handed/config.json'],
    ['metadata as a link', linked('config/metadata.toml'), 'config/metadata.toml is a link to /handed/config.json'],
    ['the list of materials as a link', linked('sbom'), '/sbom is a link to /handed/config.json'],
    [
      "a layer's metadata as a link",
      linked('toolforge_python/python.toml'),
      '/sealed/layers/toolforge_python/python.toml is a link to /handed/config.json',
    ],
    [
      'a layer as a link',
      linked('toolforge_python/python'),
      '/sealed/layers/toolforge_python/python is a link to /handed/config.json',
    ],
    [
      "a buildpack's folder as a link",
      linked('toolforge_python'),
      '/sealed/layers/toolforge_python is a link to /handed/config.json',
    ],
    [
      'metadata of two names',
      ({ layers }) => {
        linkSync(join(layers, 'config/metadata.toml'), join(layers, 'config/other.toml'));
      },
      'is a file of 2 names',
    ],
    [
      'a pipe in a layer',
      ({ layers }) => void execFileSync('mkfifo', [join(layers, 'toolforge_python/python/pipe')]),
      'toolforge_python/python/pipe is a special file (p)',
    ],
    [
      'an extension of the run image',
      ({ layers }) => {
        mkdirSync(join(layers, 'extended'));
      },
      '/layers/extended is there',
    ],
    [
      'a folder that it cannot read',
      ({ layers }) => {
        chmodSync(join(layers, 'config'), 0);
      },
      'what was built cannot be looked at',
    ],
  ])('ends the run for %s, before a credential is opened', (_, leave, message) => {
    const { code, stderr } = guard(leave);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('No credential was opened, and nothing was pushed');
  });
});
