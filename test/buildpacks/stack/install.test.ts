/** What the step that sets up an image does for the facade, on a copy of this machine's root filesystem. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInside, inside } from '../shell/namespace';
import { temporaryFolder } from '../shell/temporary-folder';

const install = readFileSync(join(__dirname, '../../../lib/buildpacks/stack/steps/install.sh'), 'utf8');
/** Its functions; below them it takes the whole tree. */
const functions = install.slice(0, install.indexOf('\n# shellcheck source=/dev/null\n. /work/settings.sh'));

const LIBRARY = '/layers/toolforge_x/x/lib/libx.so.1';
const SOURCE =
  '#include <stdio.h>\nint x_main(int argc, char **argv) { return printf("%d %s\\n", argc, argv[1]) < 0 ? 1 : 7; }\n';
/** A buildpack lays the library, after the image was made. */
const lay = `mkdir -p ${LIBRARY.replace(/\/[^/]*$/, '')} && gcc -shared -fPIC -Wl,-soname,libx.so.1 -o ${LIBRARY} -x c - </source.c`;

function run(...lines: readonly string[]) {
  return inside({
    command: ['/bin/bash', '/step'],
    files: { '/step': [functions, ...lines].join('\n'), '/source.c': SOURCE },
    folders: { '/tmp': temporaryFolder() },
    uid: 0,
  });
}

(existsSync('/usr/bin/gcc') ? describeInside : describe.skip)('a program of the facade', () => {
  const program = (path: string): string => `program ${path} ${LIBRARY} x_main`;

  test("is the library's function, with its arguments and its status", () => {
    const { code, stdout } = run(program('/usr/bin/x'), lay, '/usr/bin/x word');
    expect([code, stdout]).toEqual([7, '2 word\n']);
  });

  test('is no link, and everybody can start it', () => {
    const { stdout } = run(program('/usr/bin/x'), 'stat --format="%F %a" /usr/bin/x', 'realpath /usr/bin/x', 'ls /tmp');
    expect(stdout).toBe('regular file 755\n/usr/bin/x\n');
  });

  test('says which library it lacks where no buildpack has laid it', () => {
    const { code, stderr } = run(program('/usr/bin/x'), '/usr/bin/x');
    expect([code, stderr]).toEqual([127, expect.stringContaining('libx.so.1')]);
  });

  test('takes no other library of the same name, whatever the environment says', () => {
    const other = `mkdir /other && echo 'int x_main(void) { return 1; }' | gcc -shared -o /other/libx.so.1 -x c -`;
    expect(run(program('/usr/bin/x'), lay, other, 'LD_LIBRARY_PATH=/other /usr/bin/x word').code).toBe(7);
  });

  test('has the same bytes whenever it is made', () => {
    const { code } = run(program('/usr/bin/x'), 'sleep 1.1', 'cd /', program('/usr/bin/y'), 'cmp /usr/bin/x /usr/bin/y');
    expect(code).toBe(0);
  });

  test('hides nothing: neither a file of a package nor anything else', () => {
    expect(run(program('/usr/bin/tar'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('program /usr/bin/tar: the path belongs to a package: tar') as string,
    });
    expect(run('ln -s /nowhere /usr/bin/x', program('/usr/bin/x'))).toMatchObject({
      code: 1,
      stderr: 'program /usr/bin/x: there is something already\n',
    });
  });
});

describeInside('a link of the facade', () => {
  test('may lead to what is not there yet', () => {
    expect(run('link /usr/bin/new/x /layers/x/x', 'readlink /usr/bin/new/x')).toMatchObject({ code: 0, stdout: '/layers/x/x\n' });
  });

  test('hides nothing', () => {
    expect(run('link /usr/bin/tar /layers/x/x').stderr).toContain('link /usr/bin/tar: the path belongs to a package: tar');
  });
});

describeInside('the tree that is taken', () => {
  const taking = install.slice(install.indexOf('# What tells when or where it was made'));
  /** Takes a folder of its own instead of all of this machine. */
  const take = (...lines: readonly string[]) => {
    const small = [
      'mkdir --parents /work /small/folder /var/log /var/lib/apt/lists /var/cache/apt',
      'everything() { find /small -print0; }',
    ];
    const { code, stdout, stderr } = inside({
      command: ['/bin/bash', '/step'],
      files: { '/step': [functions, ...small, ...lines].join('\n') },
      // Root has no capabilities here, and could not remove what others own.
      without: ['/var/log', '/var/lib/apt/lists', '/var/cache'],
      uid: 0,
    });
    expect([code, stderr.replaceAll(/^tar: Removing leading `\/' from .*\n/gm, '')]).toEqual([0, '']);
    return stdout;
  };
  const listed = ['tar --list --verbose --full-time --numeric-owner --file /work/root.tar', "sed 's/  */ /g'"].join(' | ');

  test('is the same to the byte, whenever and in whichever order its files were written', () => {
    const sum = 'sha256sum </work/root.tar';
    const first = take('touch /small/b', 'touch /small/a', taking, sum);
    expect(first).toMatch(/[0-9a-f]{64}/);
    expect(take('touch /small/a', 'sleep 1.1', 'touch /small/b', taking, sum)).toBe(first);
  });

  test('keeps modes, links, and names that look like options', () => {
    const files = ['cd /small', 'touch -- --owner=1 setuid', 'chmod 4755 setuid', 'ln -s ../x link', 'ln setuid zero'];
    const lines = take(...files, taking, listed);
    expect(lines).toContain('-rw-r--r-- 0/0 0 1980-01-01 00:00:01 small/--owner=1');
    expect(lines).toContain('lrwxrwxrwx 0/0 0 1980-01-01 00:00:01 small/link -> ../x');
    expect(lines).toContain('-rwsr-xr-x 0/0 0 1980-01-01 00:00:01 small/setuid');
    expect(lines).toContain('hrwsr-xr-x 0/0 0 1980-01-01 00:00:01 small/zero link to small/setuid');
  });

  test('has the folders that a container mounts, empty', () => {
    const folders = take(taking, listed).split('\n');
    expect(folders.filter((line) => / (proc|sys|dev|run\/lock)\//.test(line))).toEqual([
      'drwxr-xr-x 0/0 0 1980-01-01 00:00:01 proc/',
      'drwxr-xr-x 0/0 0 1980-01-01 00:00:01 sys/',
      'drwxr-xr-x 0/0 0 1980-01-01 00:00:01 dev/',
      'drwxrwxrwt 0/0 0 1980-01-01 00:00:01 run/lock/',
    ]);
  });

  test('is without logs, indices of packages, and what grows by itself', () => {
    const grown = ['/var/log/dpkg.log', '/var/lib/apt/lists/x_Packages', '/var/cache/ldconfig/aux-cache', '/etc/passwd-'];
    const make = grown.map((each) => `mkdir --parents ${each.replace(/\/[^/]*$/, '')} && touch ${each}`);
    const there = (word: string): string => `for each in ${grown.join(' ')}; do [ ! -e "$each" ] || echo "${word} $each"; done`;
    const said = take(...make, there('before'), taking, there('after'));
    expect(said.match(/^before /gm)).toHaveLength(grown.length);
    expect(said).not.toMatch(/^after /m);
  });
});
