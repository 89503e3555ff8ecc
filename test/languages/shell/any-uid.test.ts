/** The parts at their real paths: built by one UID, used by another through the links of the path facade, without a launcher. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Buildpack, descriptorOf, partsOfWeb } from './buildpack';
import { describeInside, inside, type Outcome } from '../../buildpacks/shell/namespace';
import { pythonTree } from './runtimes';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';

const builder = 61312;

describeInside('python at /layers/toolforge_python/python', () => {
  const layers = temporaryFolder();
  const plan = { CNB_BUILDPACK_DIR: '/cnb/buildpacks/toolforge_python/0.1.0', CNB_LAYERS_DIR: '/layers/toolforge_python' };
  const python = new Buildpack('python')
    .describe(descriptorOf(partsOfWeb))
    .withRuntime(`prefix=${plan.CNB_LAYERS_DIR}/python; ${pythonTree}`, { prefix: `${plan.CNB_LAYERS_DIR}/python` });

  const build = (): Outcome =>
    inside({
      command: [`${plan.CNB_BUILDPACK_DIR}/bin/build`],
      folders: { [plan.CNB_BUILDPACK_DIR]: python.folder, [plan.CNB_LAYERS_DIR]: layers, '/workspace': python.app },
      workingDirectory: '/workspace',
      environment: plan,
      uid: builder,
      umask: '077',
    });

  beforeAll(() => spawnSync('chown', [String(builder), layers]));

  test('is laid by a UID without capabilities, without a home and without a name', () => {
    expect(build()).toMatchObject({ code: 0, stderr: '', stdout: 'laid python 3.11.14 into /layers/toolforge_python/python\n' });
  });

  test.each([50001, 50002])('starts as %d by its old names in /usr/bin, with nothing but a PATH', (uid) => {
    const bin = `${plan.CNB_LAYERS_DIR}/python/bin`;
    const { code, stdout } = inside({
      command: ['/bin/sh', '-c', '/usr/bin/python3 --version && python3.11 --version && head -1 /usr/bin/virtualenv'],
      files: {
        '/usr/bin/python3': { linkTo: `${bin}/python3` },
        '/usr/bin/python3.11': { linkTo: `${bin}/python3.11` },
        '/usr/bin/virtualenv': { linkTo: `${bin}/virtualenv` },
      },
      folders: { [plan.CNB_LAYERS_DIR]: layers },
      without: ['/cnb'],
      uid,
    });
    expect([code, stdout]).toEqual([0, `Python 3.11.14\nPython 3.11.14\n#!${bin}/python3.11\n`]);
  });

  test.each([50001, 50002])('belongs to nobody who runs it: %d can write nothing there', (uid) => {
    const { stdout } = inside({
      command: ['find', plan.CNB_LAYERS_DIR, '-writable', '!', '-type', 'l'],
      folders: { [plan.CNB_LAYERS_DIR]: layers },
      uid,
    });
    expect(stdout).toBe('');
  });

  test('is refused at another path', () => {
    const elsewhere = temporaryFolder();
    const { code, stderr } = inside({
      command: [`${plan.CNB_BUILDPACK_DIR}/bin/build`],
      folders: { [plan.CNB_BUILDPACK_DIR]: python.folder, '/layers/other': elsewhere, '/workspace': python.app },
      workingDirectory: '/workspace',
      environment: { ...plan, CNB_LAYERS_DIR: join('/layers', 'other') },
      uid: builder,
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('the runtime was made for /layers/toolforge_python/python, this layer is /layers/other/python'),
    ]);
  });
});
