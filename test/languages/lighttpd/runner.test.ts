/** What /usr/bin/webservice-runner makes of a home before lighttpd reads it, at its real path, as a tool's UID, as the first process. */
import { lighttpdPlainServer, lighttpdServer } from '../../../languages/lighttpd/server';
import { describeInside, inside, type Inside, type Outcome } from '../../buildpacks/shell/namespace';

const home = '/data/project/demo';
const passwd = `root:x:0:0:root:/root:/bin/bash\ntools.demo:x:50001:50001::${home}:/bin/bash\n`;
/** Says how it was started, then what it was to read. */
const recorder = `#!/bin/bash
printf '%s\\n' "pid=$$ pwd=$PWD PORT=$PORT TOOL_WEB_PORT=$TOOL_WEB_PORT $*"
/bin/cat /tmp/lighttpd.conf
`;

function pod({
  files,
  args = ['--type', 'lighttpd', '--port', '8000'],
}: Partial<Inside> & { args?: readonly string[] } = {}): Outcome {
  return inside({
    command: ['/usr/bin/webservice-runner', ...args],
    files: {
      '/usr/bin/webservice-runner': lighttpdServer.runner,
      '/usr/sbin/lighttpd': recorder,
      '/etc/passwd': passwd,
      [`${home}/public_html/index.html`]: '',
      ...files,
    },
    environment: { HOME: home, TOOL_DATA_DIR: home },
    workingDirectory: home,
  });
}

test('both types have one runner: what an image has beside lighttpd is for the image to say', () => {
  expect(lighttpdPlainServer.runner).toBe(lighttpdServer.runner);
});

describeInside('the runner', () => {
  const { code, stdout, stderr } = pod();

  test('gives way to lighttpd in the foreground, as the first process', () => {
    expect(code).toBe(0);
    expect(stdout).toContain(`pid=1 pwd=${home} PORT=8000 TOOL_WEB_PORT=8000 -f /tmp/lighttpd.conf -D\n`);
    expect(stderr).toMatch(/^\+ exec \/usr\/sbin\/lighttpd -f \/tmp\/lighttpd\.conf -D$/m);
  });

  test('names the home, the port and the user', () => {
    for (const line of [
      'server.port = 8000',
      'server.username = "tools.demo"',
      `server.document-root = "${home}/public_html"`,
      `server.errorlog = "${home}/error.log"`,
      `server.breakagelog = "${home}/error.log"`,
    ])
      expect(stdout).toContain(`\n${line}\n`);
  });

  test('has no setting twice, and no program that the image has no sign of', () => {
    const settings = [...stdout.matchAll(/^([a-z-]+\.[a-z-]+) \+?:?=/gm)].map(([, name]) => name);
    expect(new Set(settings).size).toBe(settings.length);
    expect(stdout).not.toMatch(/fastcgi\.server|cgi\.assign/);
  });

  test('starts PHP where the image has it', () => {
    const { stdout: withPhp } = pod({ files: { '/etc/toolforge-enable-php': '' } });
    expect(withPhp).toMatch(/fastcgi\.server \+= \( "\.php" => \(\([^]*"bin-path" => "\/usr\/bin\/php-cgi"/);
    expect(withPhp).not.toContain('cgi.assign');
  });

  test('starts Perl where the image has it', () => {
    const { stdout: withPerl } = pod({ files: { '/etc/toolforge-enable-perl': '' } });
    expect(withPerl).toContain('\ncgi.assign = ( ".pl" => "/usr/bin/perl" )\n');
    expect(withPerl).not.toContain('fastcgi.server');
  });

  test('ends with what the tool has added, to the letter', () => {
    const added = 'server.error-handler-404 = "/$HOME `x` \\"q\\".php"\n';
    expect(pod({ files: { [`${home}/.lighttpd.conf`]: added } }).stdout.endsWith(added)).toBe(true);
  });

  test.each([['--type', 'lighttpd-plain', '--port', '8000', 'extra'], ['--type', 'php5.6'], []])(
    'takes any arguments: %j',
    (...args) => {
      expect(pod({ args: args as string[] }).stdout).toContain(' -f /tmp/lighttpd.conf -D\n');
    },
  );

  test('dies with 1 when the UID has no name', () => {
    const { code: ended, stdout: said } = pod({ files: { '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n' } });
    expect([ended, said]).toEqual([1, '']);
  });
});
