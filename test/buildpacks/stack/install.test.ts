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
