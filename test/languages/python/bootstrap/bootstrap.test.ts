import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInside, inside, type Outcome } from '../../../buildpacks/shell/namespace';
import { temporaryFolder } from '../../../buildpacks/shell/temporary-folder';

const home = '/data/project/demo';
const program = readFileSync(
  join(__dirname, '../../../../languages/python/bootstrap/buildpack/webservice-python-bootstrap.sh'),
  'utf8',
);

/** Makes environments whose python3 only says what it was asked. */
const python3 = `#!/bin/bash
echo "python3 $*"
[ "$2" = venv ] || exit 0
mkdir -p "$3/bin"
printf '#!/bin/bash\\necho "venv $*"\\n[ "\${*: -1}" != "$FAIL" ]\\n' >"$3/bin/python3"
chmod 755 "$3/bin/python3"
`;
const made = [`Making ${home}/www/python/venv`, `python3 -m venv ${home}/www/python/venv`];
const installed = [
  'venv -m pip install --upgrade pip wheel',
  `venv -m pip install --requirement ${home}/www/python/src/requirements.txt`,
];

/** A tool's home that stays between two runs. */
function tool(requirements = 'flask\n', environment = {}): (...args: string[]) => Outcome & { lines: string[] } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'www/python/src'), { recursive: true });
  writeFileSync(join(folder, 'www/python/src/requirements.txt'), requirements);
  spawnSync('chown', ['-R', '50001:50001', folder]);
  return (...args) => {
    const outcome = inside({
      command: ['/usr/local/bin/webservice-python-bootstrap', ...args],
      files: { '/usr/local/bin/webservice-python-bootstrap': program, '/usr/bin/python3': python3 },
      folders: { [home]: folder },
      environment: { HOME: home, FAIL: 'none', ...environment },
    });
    return { ...outcome, lines: outcome.stdout.trimEnd().split('\n') };
  };
}

describeInside('webservice-python-bootstrap', () => {
  test('makes the environment with the python of the image, upgrades pip and wheel, installs the requirements', () => {
    expect(tool()()).toMatchObject({ code: 0, stderr: '', lines: [...made, ...installed] });
  });

  test('keeps an environment that is there', () => {
    const bootstrap = tool();
    bootstrap();
    expect(bootstrap()).toMatchObject({ code: 0, lines: installed });
  });

  test('makes it again with --fresh', () => {
    const bootstrap = tool();
    bootstrap();
    expect(bootstrap('--fresh')).toMatchObject({ code: 0, lines: [...made, ...installed] });
  });

  test('--fresh needs no environment to be there', () => {
    expect(tool()('--fresh')).toMatchObject({ code: 0, lines: [...made, ...installed] });
  });

  test('installs an empty requirements.txt, too', () => {
    expect(tool('')()).toMatchObject({ code: 0, lines: [...made, ...installed] });
  });

  test('deletes nothing when there is no requirements.txt', () => {
    const { code, stdout, stderr } = inside({
      command: ['/bin/sh', '-c', 'webservice-python-bootstrap --fresh; code=$?; find "$HOME" -type f; exit $code'],
      files: {
        '/usr/local/bin/webservice-python-bootstrap': program,
        '/usr/bin/python3': python3,
        [`${home}/www/python/venv/keep`]: '',
      },
      environment: { HOME: home },
    });
    expect([code, stdout]).toEqual([1, `${home}/www/python/venv/keep\n`]);
    expect(stderr).toBe(`webservice-python-bootstrap: no ${home}/www/python/src/requirements.txt\n`);
  });

  test('ends with an error when pip does, and installs nothing then', () => {
    const { code, lines } = tool('flask\n', { FAIL: 'wheel' })();
    expect([code, lines]).toEqual([1, [...made, installed[0]]]);
  });

  test.each([['--help'], ['-h']])('says with %s how it is used', (argument) => {
    expect(tool()(argument)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('usage: webservice-python-bootstrap [--fresh]') as string,
    });
  });

  test.each([['fresh'], ['--clean']])('refuses %s before it does anything', (argument) => {
    expect(tool()(argument)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`unknown argument ${argument}`) as string,
    });
  });
});
