/** Layers by package, of what GNU tar writes, as umoci reads them. lib/registry/program/internal/layers has the tests of what is in which layer. */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';
import { buildProgram, describeWith } from './built-program';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

function start(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** As a step makes it of a finished tree. */
function tar(tree: string, file: string): Buffer {
  const deterministic = [
    '--format=posix',
    '--pax-option=delete=atime,delete=ctime',
    '--mtime=1980-01-01T00:00:01Z',
    '--sort=name',
  ];
  const owners = ['--numeric-owner', '--owner=0', '--group=0'];
  start('tar', '--create', ...deterministic, ...owners, `--file=${file}`, `--directory=${tree}`, '.');
  return readFileSync(file);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

interface Report {
  readonly layers: readonly { name: string; key: string; digest: string; diffID: string; size: number }[];
}

const split = (layout: string, ...more: string[]): Report =>
  JSON.parse(
    start(
      at('csb-registry'),
      'split',
      '--tree',
      at('root.tar'),
      '--plan',
      at('plan.json'),
      '--layout',
      layout,
      '--tag',
      'base',
      ...more,
    ),
  ) as Report;

/** What umoci makes of the configuration in a layout. */
function configured(layout: string): string {
  start(
    'umoci',
    'config',
    '--no-history',
    '--image',
    `${at(layout)}:base`,
    '--created=1980-01-01T00:00:01Z',
    '--config.user=1000',
  );
  return start(at('csb-registry'), 'config', '--layout', at(layout), '--tag', 'base');
}

describeWith('split', ['go', 'tar', 'umoci'], () => {
  beforeAll(() => {
    buildProgram(at('csb-registry'));
    const name = `usr/share/${'folder/'.repeat(30)}a name of more than a hundred bytes`;
    write(at('tree/usr/bin/tool'), 'it works');
    linkSync(at('tree/usr/bin/tool'), at('tree/usr/bin/tool-2'));
    symlinkSync('usr/bin', at('tree/bin'));
    write(at(`tree/${name}`), 'long');
    write(at('tree/var/lib/dpkg/info/tool.list'), `/.\n/bin\n/bin/tool\n/bin/tool-2\n/${name}\n`);
    write(at('tree/var/lib/dpkg/status'), 'Package: tool\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n');
    write(at('plan.json'), JSON.stringify({ layers: [{ name: 'tools', packages: ['tool'] }] }));
    tar(at('tree'), at('root.tar'));
  }, 300_000);

  test('what umoci unpacks is the tree, byte for byte', () => {
    const { layers } = split(at('layout'));
    expect(layers.map(({ name }) => name)).toEqual(['tools', 'state']);
    start('umoci', 'unpack', '--rootless', '--image', `${at('layout')}:base`, at('bundle'));
    expect(tar(at('bundle/rootfs'), at('again.tar')).equals(readFileSync(at('root.tar')))).toBe(true);
  });

  test('a layout without the layers that are known can be configured', () => {
    const { layers } = split(at('whole'));
    write(
      at('known.json'),
      JSON.stringify(Object.fromEntries(layers.map(({ key, digest, diffID, size }) => [key, { digest, diffID, size }]))),
    );
    split(at('lean'), '--known', at('known.json'));
    for (const { digest } of layers) expect(existsSync(at(`lean/blobs/sha256/${digest.replace('sha256:', '')}`))).toBe(false);
    const whole = configured('whole');
    expect(configured('lean')).toBe(whole);
    expect(JSON.parse(whole)).toMatchObject({
      config: { User: '1000' },
      history: layers.map(({ key }) => ({ comment: key })),
    });
  });
});
