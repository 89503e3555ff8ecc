import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHIVE, DEBIAN_PACKAGES, type Recipe } from '../../../lib/buildpacks/runtime/recipe';
import { describeInside, inside } from '../shell/namespace';
import { temporaryFolder } from '../shell/temporary-folder';

const prefix = '/layers/toolforge_x/x';

function sh(command: string, directory: string): void {
  const { status, stderr } = spawnSync('bash', ['-euc', command], { cwd: directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Runs a recipe as nobody, on sources that a command has made, and lists what is at the prefix. */
function make(recipe: Recipe, sources: string) {
  const [work, layers] = [temporaryFolder(), temporaryFolder()];
  for (const folder of [work, layers]) chmodSync(folder, 0o777);
  mkdirSync(join(work, 'sources'));
  writeFileSync(join(work, 'README'), 'outside\n');
  sh(sources, join(work, 'sources'));
  const run = (command: readonly string[]) =>
    inside({
      command,
      files: { '/step': recipe.script },
      folders: { '/work': work, '/layers': layers },
      uid: 65534,
      environment: { PREFIX: prefix, NAME: 'x', VERSION: '1' },
    });
  const { code, stderr } = run(['/step']);
  const { stdout } = run(['find', prefix, '-type', 'f', '-printf', '%P %m\\n']);
  return { code, stderr, files: stdout.trim().split('\n').sort() };
}

describeInside('an archive', () => {
  const tree = 'mkdir -p x-1/bin && printf "#!/bin/sh\\n" >x-1/bin/x && chmod 755 x-1/bin/x && echo 1 >x-1/data';

  test('is unpacked without its top folder', () => {
    const { code, files } = make(ARCHIVE, `${tree} && tar -czf x.tgz x-1 && rm -r x-1`);
    expect([code, files]).toEqual([0, ['bin/x 755', 'data 644']]);
  });

  test('is one', () => {
    const { code, stderr } = make(ARCHIVE, `${tree} && tar -czf x.tgz x-1 && cp x.tgz y.tgz && rm -r x-1`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('expected one archive, got 2')]);
  });

  test('has a top folder with files in it', () => {
    const { code, stderr } = make(ARCHIVE, 'touch a && tar -cf x.tar a && rm a');
    expect([code, stderr]).toEqual([1, expect.stringContaining('x.tar has no top folder with files in it')]);
  });
});

/** A package with a file; dpkg-deb makes it. */
const deb = (path: string): string =>
  'mkdir -p p/DEBIAN p/usr/share/doc/x && printf "Package: x\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@b.c>\\nDescription: x\\n" ' +
  `>p/DEBIAN/control && echo doc >p/usr/share/doc/x/copyright && mkdir -p p/${path.replace(/\/[^/]*$/, '')} && echo 1 >p/${path} && ` +
  'dpkg-deb --build --root-owner-group p x_1_all.deb >/dev/null && rm -r p';

(existsSync('/usr/bin/dpkg-deb') ? describeInside : describe.skip)('Debian packages', () => {
  test('are unpacked without /usr and documentation', () => {
    const { code, files } = make(DEBIAN_PACKAGES, deb('usr/lib/x/x.js'));
    expect([code, files]).toEqual([0, ['lib/x/x.js 644']]);
  });

  test('have nothing outside of /usr', () => {
    const { code, stderr } = make(DEBIAN_PACKAGES, deb('etc/x.conf'));
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('x_1_all.deb has files outside of /usr, which a prefix cannot hold'),
    ]);
  });

  test('are at least one', () => {
    expect(make(DEBIAN_PACKAGES, 'true')).toMatchObject({ code: 1, stderr: 'expected Debian packages, got none\n' });
  });
});
