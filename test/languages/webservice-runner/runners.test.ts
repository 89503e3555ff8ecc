/** Facts B.6 and F.1, F.2: what webservice-runner has always done, at its real path, as a tool's UID, as the first process. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsServer } from '../../../languages/js/server';
import { uwsgiServer } from '../../../languages/uwsgi/server';
import { genericServer } from '../../../languages/webservice-runner/server';
import { describeInside, inside, type Inside, type Outcome } from '../../buildpacks/shell/namespace';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';

const home = '/data/project/demo';
const layer = '/layers/toolforge_webservice-runner/webservice-runner/bin/webservice-runner';
const passwd = 'root:x:0:0:root:/root:/bin/bash\n';
const named = `${passwd}tools.demo:x:50001:50001::${home}:/bin/bash\n`;

/** Says who it is, and what it was given, a line each. */
const recorder = `#!/bin/bash
printf '%s\\n' "pid=$$" "uid=$(/usr/bin/id -u):$(/usr/bin/id -g)" "pwd=$PWD" "umask=$(umask)" "PORT=\${PORT-}" "TOOL_WEB_PORT=\${TOOL_WEB_PORT-}" \\
  "HOME=\${HOME-}" "USER=$(/usr/bin/env | /usr/bin/sed -n 's/^USER=//p')" "TOOL_DATA_DIR=\${TOOL_DATA_DIR-}" "$@"
`;
const runners = new Map([genericServer, jsServer, uwsgiServer].map(({ type, runner }) => [type, runner]));
const readRunner = (type: string): string => runners.get(type) ?? '';

interface Pod extends Partial<Inside> {
  readonly args?: readonly string[];
}

/** A pod as webservice makes it: command override, no launcher, the environment and working directory of the platform. */
function pod(type: string, { args = ['--type', type, '--port', '8000'], files, environment, ...rest }: Pod = {}): Outcome {
  return inside({
    command: ['/usr/bin/webservice-runner', ...args],
    files: {
      [layer]: readRunner(type),
      '/usr/bin/webservice-runner': { linkTo: layer },
      '/usr/bin/uwsgi': recorder,
      '/usr/bin/npm': recorder,
      '/usr/local/bin/recorder': recorder,
      '/etc/passwd': named,
      [`${home}/www/python/src/app.py`]: '',
      [`${home}/www/js/package.json`]: '{}',
      ...files,
    },
    environment: { HOME: home, TOOL_DATA_DIR: home, ...environment },
    workingDirectory: home,
    ...rest,
  });
}

const facts = (stdout: string): string[] => stdout.split('\n').slice(0, 9);
const given = (stdout: string): string[] => stdout.trimEnd().split('\n').slice(9);

describeInside('every type', () => {
  describe.each([
    ['generic', ['--type', 'generic', '--port', '8000', 'recorder'], home, 'recorder'],
    ['js', ['--type', 'nodejs', '--port', '8000'], `${home}/www/js`, '/usr/bin/npm start'],
    ['python', ['--type', 'uwsgi-python', '--port', '8000'], home, '/usr/bin/uwsgi --plugin python3'],
  ])('%s', (type, args, directory, trace) => {
    test('gives way to the server: first process, own UID, home, working directory and umask, port 8000', () => {
      const { code, stdout } = pod(type, { args });
      expect(code).toBe(0);
      expect(facts(stdout)).toEqual([
        'pid=1',
        'uid=50001:50001',
        `pwd=${directory}`,
        'umask=0022',
        'PORT=8000',
        'TOOL_WEB_PORT=8000',
        `HOME=${home}`,
        'USER=',
        `TOOL_DATA_DIR=${home}`,
      ]);
    });

    test('serves another UID from the same files', () => {
      const { stdout } = pod(type, {
        args,
        uid: 50002,
        files: { '/etc/passwd': `${passwd}tools.other:x:50002:50002::/:/bin/sh\n` },
      });
      expect(facts(stdout)).toContain('uid=50002:50002');
    });

    test('keeps the umask of the pod', () => {
      expect(facts(pod(type, { args, umask: '002' }).stdout)).toContain('umask=0002');
    });

    test('overrides PORT and TOOL_WEB_PORT of the environment', () => {
      const { stdout } = pod(type, { args, environment: { PORT: '1', TOOL_WEB_PORT: '2' } });
      expect(facts(stdout)).toEqual(expect.arrayContaining(['PORT=8000', 'TOOL_WEB_PORT=8000']));
    });

    test('always says 8000, whatever --port says', () => {
      const other = args.map((arg) => (arg === '8000' ? '9999' : arg));
      expect(facts(pod(type, { args: other }).stdout)).toContain('PORT=8000');
    });

    test('keeps USER exported where the pod exports it', () => {
      expect(facts(pod(type, { args, environment: { USER: 'somebody' } }).stdout)).toContain('USER=somebody');
    });

    test('traces the exec into the pod log', () => {
      expect(`${pod(type, { args }).stderr} `.replaceAll('\n', ' ')).toContain(`+ exec ${trace} `);
    });

    test.each(['uwsgi-python', 'lighttpd', 'lighttpd-plain', 'nodejs', 'generic', 'python2', ''])(
      'tolerates the type "%s"',
      (old) => {
        const { code, stdout } = pod(type, { args: ['--type', old, ...args.slice(2)] });
        expect([code, facts(stdout)[0]]).toEqual([0, 'pid=1']);
      },
    );

    test('works without a writable root and without anything of the launcher', () => {
      const { code } = pod(type, { args, without: ['/cnb', '/workspace', '/layers/config'] });
      expect(code).toBe(0);
    });
  });
});

describeInside('generic', () => {
  const run = (...args: string[]): string[] => {
    const { code, stdout } = pod('generic', { args });
    expect(code).toBe(0);
    return given(stdout);
  };

  test('runs the rest as it is: blanks, empty words, stars and dashes', () => {
    expect(run('--type', 'generic', '--port', '8000', 'recorder', 'a b', '', '*', '--', '-x', '$HOME')).toEqual([
      'a b',
      '',
      '*',
      '--',
      '-x',
      '$HOME',
    ]);
  });

  test('drops only the first --type and the first --port', () => {
    expect(run('--type', 'generic', '--port', '8000', 'recorder', '--port', '9', '--type', 'x')).toEqual([
      '--port',
      '9',
      '--type',
      'x',
    ]);
  });

  test('drops them in any order and place', () => {
    expect(run('--port', '8000', 'recorder', 'a', '--type', 'generic', 'b', '--type', 'c')).toEqual(['a', 'b', '--type', 'c']);
  });

  test('takes any word as their value, even one that looks like an option', () => {
    expect(run('--type', '--port', '--port', '8000', 'recorder', 'a')).toEqual(['a']);
  });

  test('leaves --port=9 and other spellings to the command', () => {
    expect(run('--type', 'generic', '--port', '8000', 'recorder', '--port=9', '--types', '-p')).toEqual([
      '--port=9',
      '--types',
      '-p',
    ]);
  });

  test('needs neither --type nor --port', () => {
    expect(run('recorder', 'a')).toEqual(['a']);
  });

  test.each([[['--type', 'generic', '--port', '8000']], [['--type']], [[]]])('without a command ends with 0: %j', (args) => {
    const { code, stdout, stderr } = pod('generic', { args });
    expect([code, stdout, stderr]).toEqual([0, '', '+ exec\n']);
  });

  test('does not care whether the UID has a name', () => {
    expect(pod('generic', { args: ['recorder'], files: { '/etc/passwd': passwd } }).code).toBe(0);
  });

  test('does not care whether there is a home', () => {
    const { code } = inside({
      command: ['/usr/bin/webservice-runner', 'recorder'],
      files: { '/usr/bin/webservice-runner': readRunner('generic'), '/usr/local/bin/recorder': recorder },
    });
    expect(code).toBe(0);
  });

  test('ends as the command ends', () => {
    expect(pod('generic', { args: ['/bin/sh', '-c', 'exit 7'] }).code).toBe(7);
  });

  test('says 127 when there is no such command', () => {
    const { code, stderr } = pod('generic', { args: ['--type', 'generic', '--port', '8000', 'nosuchcommand'] });
    expect([code, stderr]).toEqual([127, expect.stringContaining('nosuchcommand: not found')]);
  });
});

describeInside('python', () => {
  const always = [
    ['--plugin', 'python3'],
    ['--http-socket', ':8000'],
    ['--chdir', `${home}/www/python/src`],
    ['--logto', `${home}/uwsgi.log`],
    ['--callable', 'app'],
    ['--manage-script-name'],
    ['--workers', '4'],
    ['--wsgi-file', 'app.py'],
    ['--die-on-term'],
    ['--strict'],
    ['--master'],
  ].flat();
  const file = (path: string): Record<string, string> => ({ [`${home}/${path}`]: '' });
  const run = (options: Pod = {}): string[] => {
    const { code, stdout } = pod('python', options);
    expect(code).toBe(0);
    return given(stdout);
  };

  test('starts uwsgi with exactly its options', () => {
    expect(run()).toEqual(always);
  });

  test('ignores all arguments', () => {
    expect(run({ args: ['--type', 'python', '--port', '8000', '--workers', '9', 'more'] })).toEqual(always);
    expect(run({ args: [] })).toEqual(always);
  });

  test('takes the virtual environment, if it is a folder', () => {
    expect(run({ files: file('www/python/venv/pyvenv.cfg') })).toEqual([...always, '--venv', `${home}/www/python/venv`]);
    expect(run({ files: file('www/python/venv') })).toEqual(always);
  });

  test('takes a uwsgi.ini of www/python', () => {
    expect(run({ files: file('www/python/uwsgi.ini') })).toEqual([...always, '--ini', `${home}/www/python/uwsgi.ini`]);
  });

  test('or else one of src', () => {
    expect(run({ files: file('www/python/src/uwsgi.ini') })).toEqual([...always, '--ini', `${home}/www/python/src/uwsgi.ini`]);
  });

  test('only the first of both, after the virtual environment', () => {
    const files = { ...file('www/python/src/uwsgi.ini'), ...file('www/python/uwsgi.ini'), ...file('www/python/venv/pyvenv.cfg') };
    expect(run({ files })).toEqual([...always, '--venv', `${home}/www/python/venv`, '--ini', `${home}/www/python/uwsgi.ini`]);
  });

  test('a uwsgi.ini that is a folder is none', () => {
    expect(run({ files: { ...file('www/python/uwsgi.ini/x'), ...file('www/python/src/uwsgi.ini') } })).toEqual([
      ...always,
      '--ini',
      `${home}/www/python/src/uwsgi.ini`,
    ]);
  });

  test('follows links of the tool: a venv and an ini that are links', () => {
    const files = {
      ...file('shared/venv/pyvenv.cfg'),
      ...file('shared/uwsgi.ini'),
      [`${home}/www/python/venv`]: { linkTo: `${home}/shared/venv` },
      [`${home}/www/python/uwsgi.ini`]: { linkTo: '../../shared/uwsgi.ini' },
    };
    expect(run({ files })).toEqual([...always, '--venv', `${home}/www/python/venv`, '--ini', `${home}/www/python/uwsgi.ini`]);
  });

  test('keeps a home with blanks in one word', () => {
    expect(run({ environment: { HOME: '/tmp/a b' } })).toEqual(expect.arrayContaining(['/tmp/a b/uwsgi.log']));
  });

  test('names the user from NSS in the log, and does not export the name', () => {
    const { stdout, stderr } = pod('python');
    expect(stderr).toMatch(/^\+\+ whoami\n\+ USER=tools\.demo$/m);
    expect(facts(stdout)).toContain('USER=');
  });

  test.each(['somebody', 'tools.demo'])('asks nobody when USER is %s', (user) => {
    const { code, stderr } = pod('python', { environment: { USER: user }, files: { '/etc/passwd': passwd } });
    expect([code, stderr.includes('whoami')]).toEqual([0, false]);
  });

  test('dies with 1 when the UID has no name and USER is not set', () => {
    const { code, stdout, stderr } = pod('python', { files: { '/etc/passwd': passwd } });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('cannot find name for user ID 50001');
    expect(stderr).not.toContain('exec');
  });

  test('dies with 1 without a home', () => {
    const { code, stderr } = inside({
      command: ['/usr/bin/webservice-runner'],
      files: { '/usr/bin/webservice-runner': readRunner('python'), '/usr/bin/uwsgi': recorder, '/etc/passwd': named },
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('HOME: unbound variable')]);
  });

  test('traces from its first line on', () => {
    const { stderr } = pod('python');
    expect(stderr).toContain('+ export PORT=8000\n');
    expect(stderr).toContain('+ export TOOL_WEB_PORT=8000\n');
  });

  test('creates nothing: what is on NFS is made by uwsgi, as the tool', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'www/python/src'), { recursive: true });
    writeFileSync(join(folder, 'www/python/src/app.py'), '');
    const list = ['/bin/sh', '-c', 'find "$HOME" && /usr/bin/webservice-runner >/dev/null 2>&1; find "$HOME"'];
    const { stdout } = pod('python', { command: list, folders: { [home]: folder } });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, lines.length / 2)).toEqual(lines.slice(lines.length / 2));
    expect(lines).toHaveLength(10);
  });
});
