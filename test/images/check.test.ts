import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInside, inside } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

const script = readFileSync(join(__dirname, '../../lib/images/steps/check.sh'), 'utf8');
const layer = '/layers/toolforge_x/x';

/** Layers with a program and a file, changed before they are checked, with the application beside them. */
function check(change: (layer: string, application: string) => void = () => undefined, without: readonly string[] = []) {
  const [layers, workspace, work] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const folder = join(layers, 'toolforge_x/x');
  mkdirSync(join(folder, 'bin'), { recursive: true });
  copyFileSync('/bin/tar', join(folder, 'bin/program'));
  chmodSync(join(folder, 'bin/program'), 0o755);
  writeFileSync(join(folder, 'data'), 'x');
  change(folder, workspace);
  return inside({
    command: ['/step'],
    files: { '/step': script },
    folders: { '/layers': layers, '/workspace': workspace, '/work': work },
    uid: 65534,
    without,
  });
}

describeInside('the check of layers, in the run image', () => {
  test('passes what every UID can use', () => {
    expect(check()).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('1 ELF files') as string });
  });

  test.each([
    ['a file', 'data', 0o640],
    ['a folder', 'bin', 0o750],
    ['a program', 'bin/program', 0o744],
  ])('fails with %s that only its owner can use, naming it', (_, path, mode) => {
    const { code, stderr } = check((folder) => {
      chmodSync(join(folder, path), mode);
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${layer}/${path}`)]);
  });

  test('fails with what every UID can write', () => {
    const { code, stderr } = check((folder) => {
      chmodSync(join(folder, 'data'), 0o666);
    });
    expect([code, stderr]).toEqual([1, `${layer}/data: every UID can write it (-rw-rw-rw-)\n1 problems\n`]);
  });

  test('fails with a file of the application that only its owner can read', () => {
    const { code, stderr } = check((_, application) => {
      writeFileSync(join(application, 'app.py'), '', { mode: 0o600 });
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('/workspace/app.py: not every UID can read it')]);
  });

  test('passes programs that the application brings for another machine', () => {
    const { code, stdout } = check((_, application) => {
      writeFileSync(join(application, 'program'), '\x7fELF of another machine', { mode: 0o755 });
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('can read 3 files and write none; 1 ELF files')]);
  });

  test('passes an object, which is for linkers, and no other file that the loader refuses', () => {
    const typed = (type: number) =>
      check((folder) => {
        const program = readFileSync(join(folder, 'bin/program'));
        program.writeUInt16LE(type, 16);
        writeFileSync(join(folder, 'bin/object.o'), program, { mode: 0o644 });
      });
    const [object, core] = [typed(1), typed(4)];
    expect([object.code, object.stderr]).toEqual([0, '']);
    expect([core.code, core.stderr]).toEqual([
      1,
      expect.stringContaining('bin/object.o: the loader of the run image refuses it'),
    ]);
  });

  test('fails with a program whose library the run image lacks, naming both', () => {
    const { code, stderr } = check(undefined, ['/usr/lib/x86_64-linux-gnu/libacl.so.1']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/bin\/program.*libacl\.so\.1/)]);
  });
});
